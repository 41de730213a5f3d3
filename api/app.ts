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
import { webhookRouter } from './routes/webhooks.js';

export interface AppOptions {
	/** Where people and clients reach us, without a slash at the end; null while only the server knows. */
	publicUrl: string | null;
	health: () => Promise<Health>;
	/** What the SMS provider signs its reports with; none when it reports nothing to us. */
	twilioAuthToken?: string | null;
	/** Express's `trust proxy`: how many proxies, or which, may say where a request came from. */
	trustProxy?: boolean | number | string[];
	/** Mounted beside the API at the root: the inbox, the pages. They read their own bodies. */
	extraRouters?: readonly Router[] | undefined;
}

/** Who may use what: `POST /v1/accounts` → `agent`. Read from the endpoints, so nothing is left out. */
export const ACCESS: ReadonlyMap<string, Who> = new Map(
	ENDPOINTS.map(({ method, path, who }) => [`${method.toUpperCase()} ${path}`, who]),
);

/** The HTTP face of the acts: what comes in is checked, what goes out is JSON or a problem, never a stack. */
export function createApp(api: Api, options: AppOptions): Express {
	const { publicUrl, health, trustProxy, twilioAuthToken = null, extraRouters = [] } = options;
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
	app.use(webhookRouter(api, { authToken: twilioAuthToken }));
	for (const router of extraRouters) app.use(router);
	app.use((_req, res) => sendProblem(res, refuse('not-found')));
	app.use(onError);
	return app;
}

/** Pages may load what is ours and nothing else; a router that needs more says so itself. */
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
