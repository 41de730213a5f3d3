import { Router } from 'express';
import type { Api } from '../../acts/context.js';
import type { Endpoint } from './endpoint.js';
import { handlerOf } from './handler.js';
import { refuseOtherMethods } from './methods.js';

/** A router for the endpoints. It answers other methods of their paths with 405 and `Allow`. */
export function endpointRouter(endpoints: readonly Endpoint[], api: Api): Router {
	const router = Router({ strict: true, caseSensitive: true });
	for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
		const here = endpoints.filter((endpoint) => endpoint.path === path);
		const route = router.route(expressPath(path));
		for (const endpoint of here) route[endpoint.method](handlerOf(endpoint, api));
	}
	refuseOtherMethods(router);
	return router;
}

/** `/v1/accounts/{accountId}` in Express's notation. */
function expressPath(path: string): string {
	return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
