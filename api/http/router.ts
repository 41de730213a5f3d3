import { type RequestHandler, Router } from 'express';
import { refuse } from '../../domain/refusal.js';
import type { Api } from '../../acts/context.js';
import { sendProblem } from './problem.js';
import type { Endpoint } from './endpoint.js';
import { handlerOf } from './handler.js';

/** A router that answers the endpoints, and says which methods a path of theirs takes when asked for another. */
export function endpointRouter(endpoints: readonly Endpoint[], api: Api): Router {
	const router = Router({ strict: true, caseSensitive: true });
	for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
		const here = endpoints.filter((endpoint) => endpoint.path === path);
		const route = router.route(expressPath(path));
		for (const endpoint of here) route[endpoint.method](handlerOf(endpoint, api));
		route.all(otherMethods(here));
	}
	return router;
}

/** `/v1/accounts/{accountId}` as Express writes it. */
export function expressPath(path: string): string {
	return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function otherMethods(endpoints: readonly Endpoint[]): RequestHandler {
	const methods = endpoints.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
	return (req, res) => {
		res.set('Allow', [...methods, 'OPTIONS'].join(', '));
		if (req.method === 'OPTIONS') res.status(204).end();
		else sendProblem(res, refuse('invalid-request', { status: 405, detail: 'This path does not take this method.' }));
	};
}
