import type { RequestHandler, Router } from 'express';
import { refuse } from '../../domain/refusal.js';
import { sendProblem } from './problem.js';

/** A method that a path does not take. */
export const METHOD_REFUSED = refuse('invalid-request', {
	status: 405,
	detail: 'This path does not take this method.',
});

/** Answers a method that no route of the path takes. */
export type OnOtherMethod = RequestHandler;

const sendMethodProblem: OnOtherMethod = (_req, res) => sendProblem(res, METHOD_REFUSED);

/**
 * Makes every path of a router answer every other method: `OPTIONS` with the methods the path takes, the rest with 405
 * and the same list in `Allow` (RFC 9110, 15.5.6). Call it after the last route. Paths that take every method keep
 * them.
 */
export function refuseOtherMethods(router: Router, onOther: OnOtherMethod = sendMethodProblem): void {
	const methods = new Map<string, Set<string>>();
	const open = new Set<string>();
	for (const { route } of router.stack) {
		if (!route) continue;
		const known = methods.get(route.path) ?? new Set<string>();
		for (const { method } of route.stack) {
			if (!method) open.add(route.path);
			else known.add(method.toUpperCase());
		}
		methods.set(route.path, known);
	}
	for (const [path, known] of methods) if (!open.has(path)) router.all(path, answerOther(known, onOther));
}

function answerOther(known: ReadonlySet<string>, onOther: OnOtherMethod): RequestHandler {
	const allowed = [...known].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
	const allow = [...allowed, 'OPTIONS'].join(', ');
	return (req, res, next) => {
		// A handler of the path passed the request on, so the resource is missing, not the method.
		if (allowed.includes(req.method)) return next();
		res.set('Allow', allow);
		if (req.method === 'OPTIONS') res.status(204).end();
		else onOther(req, res, next);
	};
}
