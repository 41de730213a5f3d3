import type { Request, Response } from 'express';
import { valueIn } from './cookie.js';

/** Seconds in which the page that an act leads to is asked for. */
const LIFETIME = 60;
const SEPARATOR = '~';

/**
 * What the next page says of what was just done. It waits in a cookie, which only an answer of ours writes, and counts for
 * one page once: an address that is sent or kept makes no page claim what did not happen.
 */
export interface Flash {
	/** Leads to a page and leaves word for it. */
	lead(res: Response, to: string, notice?: string | null): void;
	/** Leaves word for the same page once more, as for one that reloads itself. */
	keep(req: Request, notice: string): void;
	/** The word left for the page that is asked for. */
	take(req: Request): string | null;
}

export function flashCookie(publicUrl: string): Flash {
	const secure = publicUrl.startsWith('https:');
	const name = secure ? '__Host-flash' : 'flash';
	const attributes = { httpOnly: true, secure, sameSite: 'lax', path: '/' } as const;
	const leave = (res: Response, place: string, notice: string) => {
		// RFC 6265, 3: one answer sets a cookie once, and `take` may have removed this one already.
		const others = [res.getHeader('Set-Cookie') ?? []].flat().map(String);
		res.setHeader(
			'Set-Cookie',
			others.filter((cookie) => !cookie.startsWith(`${name}=`)),
		);
		res.cookie(name, `${notice}${SEPARATOR}${place}`, { ...attributes, maxAge: LIFETIME * 1_000, encode: String });
	};
	return {
		lead: (res, to, notice) => {
			if (notice) leave(res, to, notice);
			res.redirect(303, to);
		},
		keep: (req, notice) => req.res && leave(req.res, req.path, notice),
		take: (req) => {
			const [notice = '', place, ...rest] = (valueIn(req.headers.cookie, name) ?? '').split(SEPARATOR);
			if (req.method !== 'GET' || place !== req.path || rest.length > 0) return null;
			req.res?.clearCookie(name, attributes);
			return notice;
		},
	};
}
