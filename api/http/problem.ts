import type { Response } from 'express';
import { type Refusal, statusOf } from '../../domain/refusal.js';
import { PROBLEM_TEXTS } from './problem-texts.js';

/** A refusal as problem details (RFC 9457), with our members beside the standard's. */
export interface Problem extends Omit<Refusal, 'refusal' | 'status'> {
	/** The address of a page that explains the code. */
	type: string;
	title: string;
	status: number;
	/** Names this occurrence. The logs and `X-Request-Id` carry the same id. */
	instance: string;
	/** The refusal's stable code. Absent only from an unexpected error. */
	code?: Refusal['refusal'];
}

/** Seconds. Long enough for a database to come back from a restart, short enough for a person who waits. */
export const UNAVAILABLE_RETRY_AFTER = 2;

/** Where the page about a refusal lies. */
function problemType(publicUrl: string, code: Refusal['refusal']): string {
	return `${publicUrl}/docs/problems/${code}`;
}

/** The problem details of a refusal, for the request of that id. */
export function problemOf(refusal: Refusal, publicUrl: string, requestId: string): Problem {
	const { refusal: code, status: _, ...details } = refusal;
	const { title, meaning } = PROBLEM_TEXTS[code];
	return {
		type: problemType(publicUrl, code),
		title,
		status: statusOf(refusal),
		detail: meaning,
		instance: instanceOf(requestId),
		code,
		...details,
	};
}

/** Answers with a refusal. */
export function sendProblem(res: Response, refusal: Refusal): void {
	const problem = problemOf(refusal, publicUrlOf(res), requestIdOf(res));
	if (problem.retryAfter !== undefined) res.set('Retry-After', String(problem.retryAfter));
	// RFC 9110, 11.6.1 wants the challenge on every 401; a wrong password at the sign-in has no scheme to name.
	if (refusal.refusal === 'not-signed-in') res.set('WWW-Authenticate', 'Bearer');
	res.locals.refusal = refusal.refusal;
	send(res, problem);
}

/** Answers an unexpected error with 500. The answer contains only the request's id. */
export function sendUnexpected(res: Response): void {
	send(res, {
		type: 'about:blank',
		title: 'Internal Server Error',
		status: 500,
		detail: 'Something failed on our side. Support can find it by the id of this request.',
		instance: instanceOf(requestIdOf(res)),
	});
}

function send(res: Response, problem: Problem): void {
	res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

function instanceOf(requestId: string): string {
	return `urn:mobile-token:request:${requestId}`;
}

function requestIdOf(res: Response): string {
	return String(res.getHeader('X-Request-Id'));
}

function publicUrlOf(res: Response): string {
	return String(res.app.locals.publicUrl);
}
