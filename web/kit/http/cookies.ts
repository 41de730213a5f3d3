import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { MINUTE_MS } from '../../../domain/time.js';

export interface Cookie {
	read(req: IncomingMessage): string | undefined;
	write(res: Response, value: string): void;
	remove(res: Response): void;
}

/** The cookies of the pages. */
export interface Cookies {
	/** The session's token. */
	session: Cookie;
	/** The language that a visitor chose, until a log-in stores it with the account. */
	language: Cookie;
	/** A flash with its path. */
	flash: Cookie;
}

/** Time for a browser to load the page after an act. */
const FLASH_LIFETIME_MS = MINUTE_MS;

export function createCookies(publicUrl: string): Cookies {
	const secure = publicUrl.startsWith('https:');
	return {
		session: cookieOf('session', secure),
		language: cookieOf('language', secure),
		flash: cookieOf('flash', secure, FLASH_LIFETIME_MS),
	};
}

/**
 * `__Host-` (RFC 6265bis, 4.1.3.2) binds a cookie to this host over HTTPS. Browsers refuse the prefix on plain HTTP, as on a
 * laptop. Without `maxAge` (ms) the cookie ends with the browser's session; the session behind a token ends on its own.
 */
function cookieOf(title: string, secure: boolean, maxAge?: number): Cookie {
	const name = secure ? `__Host-${title}` : title;
	// Values are tokens, tags and paths of ours, which need no encoding.
	const attributes = { httpOnly: true, secure, sameSite: 'lax', path: '/', encode: String } as const;
	return {
		read: (req) => valueIn(req.headers.cookie, name),
		write: (res, value) => void res.cookie(name, value, maxAge ? { ...attributes, maxAge } : attributes),
		remove: (res) => void res.clearCookie(name, attributes),
	};
}

/** The first cookie of that name: browsers send the longest path first. A header may hold thousands of cookies. */
function valueIn(header: string | undefined, name: string): string | undefined {
	const found = new RegExp(`(?:^|;)[ \\t]*${name}=([^;]*)`).exec(header ?? '');
	return found?.[1]?.trim() || undefined;
}
