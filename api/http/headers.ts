import type { IncomingMessage } from 'node:http';
import { type Refusal, refuse } from '../../domain/refusal.js';

/** RFC 6750, 2.1: what a bearer token may consist of. */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;
const AUTHORIZATION_LENGTH_MAX = 1_024;
/** The characters of a key: visible ASCII, so that it is the same in every client, log and database. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The bearer token of a request; undefined when it brings none, also when it brings credentials of another scheme. Two
 * `Authorization` headers are refused: proxies and servers disagree about which one counts.
 */
export function bearerTokenOf(req: IncomingMessage): { token: string | undefined } | Refusal {
	const [value, ...others] = req.headersDistinct.authorization ?? [];
	if (others.length > 0) return refuse('invalid-request', { detail: 'Send one Authorization header only.' });
	if (value === undefined || !/^bearer\b/i.test(value)) return { token: undefined };
	const token = value.length <= AUTHORIZATION_LENGTH_MAX ? BEARER.exec(value)?.[1] : undefined;
	return token ? { token } : refuse('invalid-request', { detail: 'The Authorization header is not a bearer token.' });
}

/** The `Idempotency-Key` of a request, if any. */
export function idempotencyKeyOf(req: IncomingMessage): { key: string | undefined } | Refusal {
	const [key, ...others] = req.headersDistinct['idempotency-key'] ?? [];
	if (key === undefined) return { key: undefined };
	if (others.length === 0 && IDEMPOTENCY_KEY.test(key)) return { key };
	return refuse('invalid-request', { detail: 'Send one Idempotency-Key of 1 to 255 visible ASCII characters.' });
}
