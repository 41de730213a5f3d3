import type { ErrorRequestHandler, Request } from 'express';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { sendProblem, sendUnexpected, UNAVAILABLE_RETRY_AFTER } from './problem.js';

/** Error codes of an unreachable peer. */
const NETWORK_CODES = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'ECONNABORTED',
	'EPIPE',
	'ETIMEDOUT',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ENOENT',
]);
/**
 * PostgreSQL's classes of temporary errors (appendix A of its manual): connection exceptions, transaction rollbacks
 * (deadlock, serialization), insufficient resources, operator intervention, lock not available.
 */
const SQLSTATES = /^(08|40|53)[0-9A-Z]{3}$|^57(P0[1-5]|014)$|^55P03$/;
/** Messages of `pg` and its pool, which set no code on these errors. */
const DRIVER_MESSAGES =
	/^(Connection terminated|timeout e(xceeded|xpired) when|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after|The server does not support)/i;

/** Whether an error says that the database cannot be reached at the moment. */
export function isOutage(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const code = 'code' in error ? String(error.code) : '';
	if (NETWORK_CODES.has(code) || SQLSTATES.test(code)) return true;
	return DRIVER_MESSAGES.test(error.message) || isOutage(error.cause);
}

/** The last handler: turns each error into problem details without the error's own text. */
export const onError: ErrorRequestHandler = (error, req, res, _next) => {
	if (res.headersSent) {
		res.destroy();
		return;
	}
	const refusal = refusalOf(error, req);
	if (refusal) sendProblem(res, refusal);
	else sendUnexpected(res);
};

/** The refusal for an expected error; null for an unexpected one. The log gets its name and code. */
export function refusalOf(error: unknown, req: Request): Refusal | null {
	const status = clientErrorStatus(error);
	if (status === 404) return refuse('not-found');
	if (status) return refuse('invalid-request', { status });
	if (isOutage(error)) {
		req.log.warn({ error: nameOf(error) }, 'the database cannot be reached');
		return refuse('unavailable', { retryAfter: UNAVAILABLE_RETRY_AFTER });
	}
	req.log.error({ error: nameOf(error), at: framesOf(error) }, 'unexpected error');
	return null;
}

/** Express sets a status on errors of the client, such as a malformed escape in the path. */
function clientErrorStatus(error: unknown): number | undefined {
	const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 0;
	return status >= 400 && status < 500 ? status : undefined;
}

/** The name and code of an error. Its message may quote a person, so it is never written down. */
function nameOf(error: unknown): string {
	if (!(error instanceof Error)) return typeof error;
	return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}

function framesOf(error: unknown): string[] {
	if (!(error instanceof Error) || !error.stack) return [];
	const frames = error.stack.replace(error.message, '').split('\n');
	return frames.map((line) => line.trim()).filter((line) => line.startsWith('at '));
}
