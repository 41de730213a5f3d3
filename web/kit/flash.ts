import type { Response } from 'express';
import { type Flash, isFlash } from '../words/flashes.js';
import type { Cookie } from './http/cookies.js';

/*
 * A flash says on one page what was done on the page before, once. It lies in a cookie that only an act of ours writes, with
 * the path it is for: an address that a person types, sends or keeps makes no page claim anything.
 */

/** Between the flash and its path; neither has it. */
const SEPARATOR = '~';

/** The flash for this path, of what the cookie holds. */
export function flashAt(path: string, kept: string | undefined): Flash | null {
	const [flash] = (kept ?? '').split(SEPARATOR);
	return isFlash(flash) && kept === `${flash}${SEPARATOR}${path}` ? flash : null;
}

/** Keeps a flash for the page at `to`, a path of ours. */
export function keepFlash(cookie: Cookie, res: Response, to: string, flash: Flash): void {
	cookie.write(res, `${flash}${SEPARATOR}${to.split('?')[0]}`);
}
