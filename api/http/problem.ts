import type { Response } from 'express';
import { type Refusal, statusOf } from '../../domain/refusal.js';
import { PROBLEM_TEXTS } from './problem-texts.js';

/** A refusal as it travels: RFC 9457, with the members of ours beside the standard's. */
export interface Problem extends Omit<Refusal, 'refusal' | 'status'> {
	/** Leads to a page that says what it means and what to do. */
	type: string;
	title: string;
	status: number;
	/** Names this one occurrence; the same id stands in the logs and in `X-Request-Id`. */
	instance: string;
	/** The refusal's stable code; absent only from an error nobody expected. */
	code?: Refusal['refusal'];
}

/** Seconds. Long enough for a database to come back from a restart, short enough for a person who waits. */
export const UNAVAILABLE_RETRY_AFTER = 2;

/** Where the page about a refusal lies. */
export function problemType(publicUrl: string, code: Refusal['refusal']): string {
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
	// RFC 9110, 11.6.1 wants the challenge on every 401; a wrong password on the sign-in itself has no scheme to name.
	if (refusal.refusal === 'not-signed-in') res.set('WWW-Authenticate', 'Bearer');
	res.locals.refusal = refusal.refusal;
	send(res, problem);
}

/** Answers that something failed that nobody expected, and says nothing about it but the request's id. */
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
