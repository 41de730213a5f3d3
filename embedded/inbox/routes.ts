import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type RequestHandler, type Response, Router } from 'express';
import { refuseOtherMethods } from '../../api/http/methods.js';
import { renderInbox } from './page.js';
import type { Filter, InboxStore } from './store.js';

const SHOWN = 100;
const PAGE_POLICY =
	"default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/** A mail brings its own styles and embeds its pictures. It loads nothing, runs nothing and has no origin. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

/**
 * `GET /inbox` for people and `GET /inbox/messages` for programs. Only for requests that come straight from this machine:
 * a page from elsewhere whose name was turned to 127.0.0.1 (DNS rebinding) or a visitor of a proxy or tunnel would
 * otherwise read every secret.
 */
export function inboxRouter(store: InboxStore): Router {
	const router = Router();
	router.use('/inbox', onLoopbackOnly);
	router.get('/inbox', async (req, res) => {
		const filter = filterOf(req.query);
		page(res, PAGE_POLICY)
			.type('html')
			.send(renderInbox(await store.list(filter, SHOWN), filter));
	});
	router.get('/inbox/messages', async (req, res) => {
		res.set('Cache-Control', 'no-store').json(await store.list(filterOf(req.query), SHOWN));
	});
	router.get('/inbox/messages/:id/html', async (req, res, next) => {
		const message = await store.find(req.params.id);
		if (message?.html == null) next();
		else page(res, MAIL_POLICY).set('X-Frame-Options', 'SAMEORIGIN').type('html').send(message.html);
	});
	for (const asset of ['inbox.css', 'icon.svg']) {
		router.get(`/inbox/${asset}`, (_req, res) => {
			res.sendFile(fileURLToPath(new URL(`./${asset}`, import.meta.url)));
		});
	}
	refuseOtherMethods(router);
	return router;
}

const onLoopbackOnly: RequestHandler = (req, _res, next) => {
	next(isLoopbackHost(req.headers.host) && !cameThroughProxy(req) ? undefined : 'router');
};

/**
 * What proxies, load balancers, CDNs and tunnels add to a request (RFC 7239, RFC 9110 7.6.3, RFC 8586, and the custom of
 * nginx, Envoy, Cloudflare, Akamai, Fastly, AWS, Azure, Google). Browsers and curl send none of them.
 */
const ADDED_BY_PROXIES =
	/^(forwarded|via|cdn-loop|x-(forwarded|original|real|client|cluster|remote|envoy|azure|amzn|amz|cloud|appengine|b3|proxy)-?.*|true-client-ip|cf-.*|fastly-.*|akamai-.*|traceparent)$/;

/** nginx before 1.29.7 adds no header by default, and speaks HTTP/1.0 to what is behind it. */
function cameThroughProxy({ headers, httpVersion }: IncomingMessage): boolean {
	return httpVersion === '1.0' || Object.keys(headers).some((name) => ADDED_BY_PROXIES.test(name));
}

/** Whether a `Host` header names this machine: `localhost`, `127.0.0.1` or `[::1]`, with any port. */
export function isLoopbackHost(host: string | undefined): boolean {
	return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host ?? '');
}

function filterOf(query: Record<string, unknown>): Filter {
	const text = (name: string) => (typeof query[name] === 'string' && query[name] !== '' ? query[name] : undefined);
	// An unescaped + of a number arrives as a space.
	return { to: text('to')?.replace(/^ (?=\d)/, '+'), channel: text('channel') };
}

function page(res: Response, policy: string): Response {
	return res.set('Content-Security-Policy', policy).set('Cache-Control', 'no-store');
}
