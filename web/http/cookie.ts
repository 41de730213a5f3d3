import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';

/**
 * Where a browser keeps the session's token. `__Host-` (RFC 6265bis, 4.1.3.2) binds it to this very host over HTTPS; on plain
 * HTTP, as on a laptop, no browser would take that name. No lifetime: the session has its own.
 */
export interface SessionCookie {
	read(req: IncomingMessage): string | undefined;
	write(res: Response, token: string): void;
	remove(res: Response): void;
}

export function sessionCookie(publicUrl: string): SessionCookie {
	const secure = publicUrl.startsWith('https:');
	const name = secure ? '__Host-session' : 'session';
	const attributes = { httpOnly: true, secure, sameSite: 'lax', path: '/' } as const;
	return {
		read: (req) => valueIn(req.headers.cookie, name),
		write: (res, token) => void res.cookie(name, token, attributes),
		remove: (res) => void res.clearCookie(name, attributes),
	};
}

/** The first of that name: browsers send the one with the longest path first. A header may hold thousands of others. */
export function valueIn(header: string | undefined, name: string): string | undefined {
	const found = new RegExp(`(?:^|;)[ \\t]*${name}=([^;]*)`).exec(header ?? '');
	return found?.[1]?.trim() || undefined;
}
