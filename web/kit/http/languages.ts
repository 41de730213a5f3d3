import type { Request } from 'express';

/** Characters: ten tags of the 35 that RFC 5646 (4.4.1) expects at most, each with its weight. */
const HEADER_LENGTH_MAX = 480;
const TAGS_MAX = 10;

/** The languages of `Accept-Language` (BCP 47), best first. Only the beginning of an overlong header is read. */
export function languagesOf(req: Request): string[] {
	const header = req.headers['accept-language'];
	if (header) req.headers['accept-language'] = header.slice(0, HEADER_LENGTH_MAX).split(',', TAGS_MAX).join(',');
	return req.acceptsLanguages();
}
