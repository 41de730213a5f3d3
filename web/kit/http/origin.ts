import type { Request } from 'express';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** `none`: the reader did it, from the address bar or a bookmark. */
const OWN_SITES = new Set(['same-origin', 'none']);

/**
 * Whether a request that may change something was sent by a page of ours. Fetch Metadata says so in every current browser;
 * `Origin` says it in the older ones; a program that sends neither brings no cookie of a browser either.
 */
export function isOwnRequest(req: Request, publicUrl: string): boolean {
	if (SAFE_METHODS.has(req.method)) return true;
	const site = req.headers['sec-fetch-site'];
	if (site !== undefined && !OWN_SITES.has(String(site))) return false;
	const { origin, host } = req.headers;
	return origin === undefined || origin === new URL(publicUrl).origin || hostOf(origin) === host;
}

/** Behind another name than the public one, such as `localhost` for 127.0.0.1, the page and the request still share it. */
function hostOf(origin: string): string | null {
	try {
		return new URL(origin).host;
	} catch {
		return null;
	}
}
