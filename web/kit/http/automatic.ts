import type { Request } from 'express';

/** Query parameter of a page's own reload. */
const FIELD = 'automatic';

/** Whether an open page reloads itself. A reload does not count as use of the session (NIST SP 800-63B-4 2.2.3). */
export function isAutomatic(req: Request): boolean {
	return req.method === 'GET' && req.query[FIELD] !== undefined;
}

/** The address of a page's own reload. `url` is its path and query. */
export function automaticUrl(path: string, url: string): string {
	const asked = new URLSearchParams(url.split('?')[1]);
	asked.set(FIELD, '');
	return `${path}?${asked}`;
}
