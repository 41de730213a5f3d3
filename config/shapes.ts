import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { HOUR_MS, parseDuration } from '../domain/time.js';

/** Shapes of single variables. Each says what the value must be, in words that follow the variable's name. */

export const text = z.string().trim().min(1);

/** A duration written `90s`, `10m`, `24h` or `7d`, as milliseconds; at most `maxMs`, whole hours. */
export function duration(maxMs: number) {
	return z.string().transform((written, context) => {
		const ms = parseDuration(written);
		if (ms && ms <= maxMs) return ms;
		const most = `${maxMs / HOUR_MS}h`;
		context.addIssue(`must be a duration above zero and at most ${most}, written like 90s, 10m, 24h or 7d`);
		return z.NEVER;
	});
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number) {
	return z
		.string()
		.regex(/^\d{1,10}$/, `must be a whole number from ${min} to ${max}`)
		.transform(Number)
		.refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`);
}

export const flag = z.enum(['true', 'false'], 'must be true or false').transform((written) => written === 'true');

/** An address of the web without a trailing slash. */
export const webUrl = z
	.string()
	.refine((url) => URL.canParse(url) && /^https?:\/\//.test(url), 'must be a URL that begins with https:// or http://')
	.transform((url) => url.replace(/\/+$/, ''));

/** Where the product itself is reached. Pages, cookies and links begin at the root of a host, and mails show the whole. */
export const ownUrl = webUrl.transform((url, context) => {
	const { origin, pathname, search, hash, username, password } = new URL(url);
	if (pathname === '/' && !search && !hash && !username && !password) return origin;
	context.addIssue('must be https://, a host and perhaps a port, without a path, a query or a user');
	return z.NEVER;
});

/** A URL of another scheme; what it carries may be a password, so it is never repeated. */
export function urlOf(...schemes: string[]) {
	const begins = schemes.map((scheme) => `${scheme}://`);
	return z
		.string()
		.refine(
			(url) => begins.some((begin) => url.startsWith(begin)),
			`must be a URL that begins with ${begins.join(' or ')}`,
		);
}

/** ISO 3166-1 alpha-2 codes with commas between, or `*` for every country. */
export const countries = z.string().transform((written, context): readonly string[] | '*' => {
	if (written.trim() === '*') return '*';
	const codes = list(written).map((code) => code.toUpperCase());
	const unknown = codes.filter((code) => !isSupportedCountry(code));
	if (unknown.length === 0 && codes.length > 0) return codes;
	context.addIssue(`must be two-letter country codes with commas between, or *; unknown: ${unknown.join(', ')}`);
	return z.NEVER;
});

/** The parts between commas, trimmed, without empty ones. */
export function list(written: string): string[] {
	return written
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
}
