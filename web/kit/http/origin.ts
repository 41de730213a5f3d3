import type { Request } from 'express';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** `none` means that the reader used the address bar or a bookmark. */
const OWN_SITES = new Set(['same-origin', 'none']);

/**
 * Whether one of our own pages sent a request that may change something. Current browsers state it by Fetch Metadata, older
 * ones by `Origin`. A program that sends neither has no browser's cookie either.
 */
export function isOwnRequest(req: Request, publicUrl: string): boolean {
	if (SAFE_METHODS.has(req.method)) return true;
	const site = req.headers['sec-fetch-site'];
	if (site !== undefined && !OWN_SITES.has(String(site))) return false;
	const { origin, host } = req.headers;
	return origin === undefined || origin === new URL(publicUrl).origin || hostOf(origin) === host;
}

/** Under another name than the public one, such as `localhost` for 127.0.0.1, the page and the request share that name. */
function hostOf(origin: string): string | null {
	try {
		return new URL(origin).host;
	} catch {
		return null;
	}
}
