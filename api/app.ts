import express, { type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import type { Api } from '../acts/context.js';
import { refuse } from '../domain/refusal.js';
import { openApiDocument } from './docs/openapi.js';
import { docsRouter } from './docs/router.js';
import { admitRequests } from './http/admission.js';
import type { Who } from './http/endpoint.js';
import { onError } from './http/errors.js';
import { logRequests } from './http/log.js';
import { trustOf } from './http/network.js';
import { sendProblem } from './http/problem.js';
import { endpointRouter } from './http/router.js';
import { type Health, healthRouter } from './routes/health.js';
import { ENDPOINTS } from './routes/index.js';

export interface AppOptions {
	/** The public address, without a trailing slash. Null until the server listens. */
	publicUrl: string | null;
	health: () => Promise<Health>;
	/** Express's `trust proxy`: how many proxies, or which, may say where a request came from. */
	trustProxy?: boolean | number | string[];
	/** Routers beside the API at the root: the inbox, the pages. They read their own bodies. */
	extraRouters?: readonly Router[] | undefined;
}

/** Who may use which route: `POST /v1/accounts` → `agent`. Computed from the endpoints, so it is complete. */
export const ACCESS: ReadonlyMap<string, Who> = new Map(
	ENDPOINTS.map(({ method, path, who }) => [`${method.toUpperCase()} ${path}`, who]),
);

/** The acts over HTTP: validates each request and answers JSON or problem details, never a stack. */
export function createApp(api: Api, { publicUrl, health, trustProxy, extraRouters = [] }: AppOptions): Express {
	const app = express();
	app.set('trust proxy', trustOf(trustProxy ?? false));
	app.set('case sensitive routing', true);
	app.set('strict routing', true);
	app.set('etag', false);
	app.set('x-powered-by', false);
	app.locals.publicUrl = publicUrl ?? '';
	app.use(admitRequests(api));
	app.use(logRequests(api.log));
	app.use(securityHeaders(publicUrl));
	app.use('/v1', noStore);
	app.use(healthRouter(health));
	app.use(docsRouter(() => openApiDocument(ENDPOINTS, api.productName)));
	app.use(endpointRouter(ENDPOINTS, api));
	for (const router of extraRouters) app.use(router);
	app.use((_req, res) => sendProblem(res, refuse('not-found')));
	app.use(onError);
	return app;
}

/** Pages load only our own resources. A router that needs more sets its own policy. */
const CONTENT_SECURITY_POLICY = {
	'default-src': ["'none'"],
	'script-src': ["'self'"],
	'style-src': ["'self'"],
	'img-src': ["'self'"],
	'form-action': ["'self'"],
	'frame-ancestors': ["'none'"],
	'base-uri': ["'none'"],
};

function securityHeaders(publicUrl: string | null): RequestHandler {
	return helmet({
		contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
		referrerPolicy: { policy: 'no-referrer' },
		xFrameOptions: { action: 'deny' },
		strictTransportSecurity: publicUrl?.startsWith('https:') ?? false,
	});
}

const noStore: RequestHandler = (_req, res, next) => {
	res.set('Cache-Control', 'no-store');
	next();
};
