import type { Response } from 'express';
import { type Flash, isFlash } from '../words/flashes.js';
import type { Cookie } from './http/cookies.js';

/*
 * A flash says on one page what was done on the page before. It lies in a cookie that only an act of ours writes, with the
 * path it is for: an address that a person typed or linked makes no page claim anything. It stays over a reload of
 * that page and ends when the reader asks for another one.
 */

/** The flash for this path, of what the cookie holds. */
export function flashAt(path: string, kept: string | undefined): Flash | null {
	const [flash, forPath] = (kept ?? '').split(' ');
	return isFlash(flash) && forPath === path ? flash : null;
}

/** Keeps a flash for the page at `to`, a path of ours. */
export function keepFlash(cookie: Cookie, res: Response, to: string, flash: Flash): void {
	cookie.write(res, `${flash} ${to.split('?')[0]}`);
}
