import type { Request } from 'express';

/** In the query of what a page asks for by itself. */
const FIELD = 'automatic';

/** Whether the page that is open asks again by itself: that is no use of the session (NIST SP 800-63B-4 2.2.3). */
export function isAutomatic(req: Request): boolean {
	return req.method === 'GET' && req.query[FIELD] !== undefined;
}

/** Where a page asks for itself again, without a script. `url`: its path and query. */
export function automaticUrl(path: string, url: string): string {
	const asked = new URLSearchParams(url.split('?')[1]);
	asked.set(FIELD, '');
	return `${path}?${asked}`;
}
