import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { MINUTE_MS } from '../../../domain/time.js';

export interface Cookie {
	read(req: IncomingMessage): string | undefined;
	write(res: Response, value: string): void;
	remove(res: Response): void;
}

/** What a browser keeps for us. */
export interface Cookies {
	/** The session's token. */
	session: Cookie;
	/** The language a visitor chose, until a log-in takes it over. */
	language: Cookie;
	/** What was done, for the page that says it. */
	flash: Cookie;
}

/** In which a browser asks for the page that an act leads to. */
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
 * `__Host-` (RFC 6265bis, 4.1.3.2) binds a cookie to this very host over HTTPS; on plain HTTP, as on a laptop, no browser
 * would take that name. Without `maxAge` (ms) it ends with the browser's session; a session's token has its own lifetime.
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

/** The first of that name: browsers send the one with the longest path first. A header may hold thousands of others. */
function valueIn(header: string | undefined, name: string): string | undefined {
	const found = new RegExp(`(?:^|;)[ \\t]*${name}=([^;]*)`).exec(header ?? '');
	return found?.[1]?.trim() || undefined;
}
