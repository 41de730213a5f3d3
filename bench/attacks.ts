import { randomUUID } from 'node:crypto';
import type { Endpoint, Who } from '../api/http/endpoint.js';
import { ENDPOINTS } from '../api/routes/index.js';
import { PATHS } from '../web/kit/paths.js';
import { AGENT_KEY } from './product.js';

/** One request, sent many times at once. */
export interface Attack {
	name: string;
	method: string;
	path: string;
	headers: Record<string, string>;
	body?: string;
}

/** The attacker's tokens, by their assurance. */
export interface Loot {
	temporary: string;
	password: string;
	user: string;
}

/** Bytes. Node takes 16 KiB of headers in all. */
const HEADER_BYTES = 13_000;
const BODY_BYTES = 16_000;
const TYPED_LENGTH = 4_000;

const listOf = (bytes: number, part: (n: number) => string, between: string) => {
	let text = part(0);
	for (let n = 1; ; n += 1) {
		const longer = `${text}${between}${part(n)}`;
		if (longer.length > bytes) return text;
		text = longer;
	}
};

const HEADERS: Record<string, Record<string, string>> = {
	languages: { 'accept-language': listOf(HEADER_BYTES, (n) => `x${n.toString(36)}-q`, ',') },
	regions: {
		'accept-language': listOf(HEADER_BYTES, (n) => `ar-${String.fromCharCode(65 + (n % 26))}Z;q=0.${n}`, ','),
	},
	cookies: { cookie: listOf(HEADER_BYTES, (n) => `s${n}=`, '; ') },
	types: { accept: listOf(HEADER_BYTES, (n) => `a/b${n};q=0.${n}`, ',') },
	proxies: { 'x-forwarded-for': listOf(HEADER_BYTES, (n) => `10.0.${n % 256}.1`, ', ') },
	empty: {},
};

/** Texts that cost as they are compared, normalized, matched or parsed. */
const TEXTS: Record<string, string> = {
	marks: '\u0323\u0301'.repeat(TYPED_LENGTH / 2),
	address: `${'a.'.repeat(31)}a@${'a-'.repeat(90)}`,
	guessable: 'p@55w0rd'.repeat(16),
	digits: `+${'1 '.repeat(TYPED_LENGTH / 2)}`,
	spaces: `${' '.repeat(TYPED_LENGTH - 1)}x`,
};
const FIELDS = ['email', 'password', 'name', 'locale', 'reason', 'code', 'number', 'country'];

const JSON_BODIES: Record<string, string> = {
	members: `{${listOf(BODY_BYTES, (n) => `"m${n}":0`, ',')}}`,
	depth: `${'['.repeat(BODY_BYTES / 2)}${']'.repeat(BODY_BYTES / 2)}`,
};
const FORM_BODIES: Record<string, string> = {
	fields: listOf(BODY_BYTES, (n) => `f${n}=`, '&'),
	escapes: `email=${'%41'.repeat(5_000)}`,
};

/** Every route of the API and every page, each with every costly header, text and body it could take. */
export function attacksOn(loot: Loot): Attack[] {
	// The sign-out comes last: the others need the session.
	const endpoints = [...ENDPOINTS].sort((a, b) => Number(a.id === 'signOut') - Number(b.id === 'signOut'));
	return [...namedAttacks(loot), ...onPages(loot), ...endpoints.flatMap((endpoint) => onEndpoint(endpoint, loot))];
}

/** A body that once made all requests wait. */
function namedAttacks({ temporary, password }: Loot): Attack[] {
	const json = (token: string) => ({ 'content-type': 'application/json', authorization: `Bearer ${token}` });
	const { guessable = '' } = TEXTS;
	return [
		{
			name: 'wrong codes',
			method: 'POST',
			path: '/v1/session/totp',
			headers: json(password),
			body: '{"code":"000000"}',
		},
		{
			name: 'weak passwords',
			method: 'PUT',
			path: '/v1/onboarding/password',
			headers: json(temporary),
			body: JSON.stringify({ password: guessable.slice(0, 64) }),
		},
		{
			name: 'wrong passwords',
			method: 'POST',
			path: '/v1/session',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ email: 'person-1@bench.example', password: 'wrong' }),
		},
		{ name: 'probes', method: 'GET', path: '/readyz', headers: {} },
		{ name: 'a long path', method: 'GET', path: `/${'%41'.repeat(4_000)}`, headers: { accept: 'text/html' } },
		{ name: 'a long query', method: 'GET', path: `/log-in?${listOf(13_000, (n) => `a${n}=`, '&')}`, headers: {} },
		{ name: 'a nested query', method: 'GET', path: `/v1/accounts?a${'[a]'.repeat(4_000)}=`, headers: json(AGENT_KEY) },
	];
}

function onEndpoint({ method, path, who }: Endpoint, { temporary, password, user }: Loot): Attack[] {
	const at = path.replaceAll(/\{\w+\}/g, randomUUID());
	const tokens: Partial<Record<Who, string>> = {
		anyone: '',
		agent: AGENT_KEY,
		'temporary-password': temporary,
		'authenticator-unconfirmed': password,
		'authenticator-confirmed': password,
	};
	const token = tokens[who] ?? user;
	const credentials: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
	const attack = (what: string, headers: Record<string, string>, body?: string): Attack => {
		const typed: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
		const name = `${method.toUpperCase()} ${path} · ${what}`;
		return { name, method: method.toUpperCase(), path: at, headers: { ...credentials, ...typed, ...headers }, body };
	};
	const byHeaders = Object.entries(HEADERS).map(([what, headers]) => attack(what, headers));
	if (method === 'get') {
		const search = encodeURIComponent('%_'.repeat(120));
		const queries = path === '/v1/accounts' ? [{ ...attack('search', {}), path: `${at}?email=${search}` }] : [];
		return [...byHeaders, ...queries];
	}
	const texts = Object.entries(TEXTS).map(([what, text]) => {
		const fields = FIELDS.slice(0, Math.max(1, Math.floor(BODY_BYTES / (Buffer.byteLength(text) + 20))));
		return attack(what, {}, JSON.stringify(Object.fromEntries(fields.map((field) => [field, text]))));
	});
	return [...byHeaders, ...texts, ...Object.entries(JSON_BODIES).map(([what, body]) => attack(what, {}, body))];
}

function onPages({ user }: Loot): Attack[] {
	const paths = Object.values(PATHS).filter((path) => path !== PATHS.logOut);
	return paths.flatMap((path) => {
		const at = path.replaceAll(/:\w+/g, randomUUID());
		const cookie = `session=${user}`;
		const shown = Object.entries(HEADERS).map(([what, headers]) => ({
			name: `GET ${path} · ${what}`,
			method: 'GET',
			path: at,
			headers: { cookie, ...headers },
		}));
		const sent = Object.entries(FORM_BODIES).map(([what, body]) => ({
			name: `POST ${path} · ${what}`,
			method: 'POST',
			path: at,
			headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
			body,
		}));
		return [...shown, ...sent];
	});
}
