import type { Response } from 'express';
import { type Flash, isFlash } from '../words/flashes.js';
import type { Cookie } from './http/cookies.js';

/*
 * A flash is one sentence about an act, shown once on the page after it. A cookie holds it with the path of that page. Only
 * acts write the cookie, so no link or bookmark can make a page show a flash.
 */

/** Separates the flash from its path. Neither contains it. */
const SEPARATOR = '~';

/** The flash in the cookie, when it is for this path. */
export function flashAt(path: string, kept: string | undefined): Flash | null {
	const [flash] = (kept ?? '').split(SEPARATOR);
	return isFlash(flash) && kept === `${flash}${SEPARATOR}${path}` ? flash : null;
}

/** Keeps a flash in the cookie for the page at `to`. */
export function keepFlash(cookie: Cookie, res: Response, to: string, flash: Flash): void {
	cookie.write(res, `${flash}${SEPARATOR}${to.split('?')[0]}`);
}
