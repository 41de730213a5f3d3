import { afterEach, describe, expect, test } from 'vitest';
import { problemOf } from '../../api/http/problem.js';
import { REFUSALS, type RefusalCode } from '../../domain/refusal.js';
import { type Door, openDoor } from './door.js';
import { failing, fakeEndpoints } from './fake-endpoints.js';

let door: Door;
afterEach(() => door?.stop(0));

describe('every path and method has an answer of ours', () => {
	test.each(['/', '/v1', '/v1/nowhere', '/v1/open/', '/V1/open', '/v1/OPEN', '//v1/open', '/v1/../etc/passwd'])(
		'404 at %s',
		async (path) => {
			door = await openDoor(fakeEndpoints());
			const answer = await door.sendRaw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
			expect(answer).toContain('HTTP/1.1 404');
			expect(answer).toContain('Content-Type: application/problem+json');
			expect(answer).toContain('"code":"not-found"');
		},
	);

	test.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])('405 for %s, with what is allowed', async (method) => {
		door = await openDoor(fakeEndpoints());
		const answer = await door.sendRaw(`${method} /v1/open HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
		expect(answer).toContain('HTTP/1.1 405');
		expect(answer).toContain('Allow: POST, GET, HEAD, OPTIONS');
		expect(answer).toContain('"code":"invalid-request"');
	});

	test('OPTIONS says what is allowed and lets no other site in', async () => {
		door = await openDoor(fakeEndpoints());
		const response = await door.ask('/v1/user', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
		expect(response.status).toBe(204);
		expect(response.headers.get('allow')).toBe('POST, OPTIONS');
		expect(response.headers.get('access-control-allow-origin')).toBeNull();
	});

	test('HEAD is GET without a body, and nothing where there is no GET', async () => {
		door = await openDoor(fakeEndpoints());
		const response = await door.ask('/v1/open', { method: 'HEAD' });
		expect([response.status, await response.text()]).toEqual([200, '']);
		expect((await door.ask('/v1/user', { method: 'HEAD' })).status).toBe(405);
	});

	test('S-45 no cache keeps an answer under /v1', async () => {
		door = await openDoor(fakeEndpoints());
		for (const path of ['/v1/open', '/v1/user', '/v1/nowhere']) {
			expect((await door.ask(path)).headers.get('cache-control')).toBe('no-store');
		}
	});

	test('headers tell browsers to load nothing of others and servers nothing of us', async () => {
		door = await openDoor(fakeEndpoints());
		const { headers } = await door.ask('/v1/open');
		expect(headers.get('content-security-policy')).toBe(
			"default-src 'none';script-src 'self';style-src 'self';img-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
		);
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('referrer-policy')).toBe('no-referrer');
		expect(headers.get('x-powered-by')).toBeNull();
		expect(headers.get('etag')).toBeNull();
	});
});

describe('an answer does not show what an act throws', () => {
	const secret = 'ana@example.com hunter2-hunter2';
	const outages: [string, object][] = [
		['refused', { code: 'ECONNREFUSED' }],
		['socket gone', { code: 'ENOENT' }],
		['administrator command', { code: '57P01' }],
		['starting up', { code: '57P03' }],
		['connection exception', { code: '08006' }],
		['too many connections', { code: '53300' }],
		['deadlock', { code: '40P01' }],
		['terminated', { message: 'Connection terminated unexpectedly' }],
		['pool exhausted', { message: 'timeout exceeded when trying to connect' }],
		['slow', { message: 'Query read timeout' }],
		['wrapped', { message: 'x', cause: Object.assign(new Error('y'), { code: 'ECONNRESET' }) }],
	];
	test.each(outages)('the database is away (%s): 503 with Retry-After', async (_name, properties) => {
		door = await openDoor([failing(Object.assign(new Error(secret), properties))]);
		const response = await door.ask('/v1/failing');
		expect(response.status).toBe(503);
		expect(response.headers.get('retry-after')).toBe('2');
		expect(await response.json()).toMatchObject({ code: 'unavailable', retryAfter: 2 });
		expect(door.logged.join('')).not.toContain('hunter2');
	});

	const bugs: [string, unknown][] = [
		['an error', new TypeError(secret)],
		['an error that looks like a stack', new Error(`${secret}\n    at ${secret}`)],
		['a broken constraint', Object.assign(new Error(secret), { code: '23505', detail: secret })],
		['a string', secret],
		['nothing', undefined],
		['an error of a server', Object.assign(new Error(secret), { status: 502 })],
	];
	test.each(bugs)('S-46 %s: 500 that names the request and nothing else', async (_name, error) => {
		door = await openDoor([failing(error)]);
		const response = await door.ask('/v1/failing', { headers: { 'x-request-id': 'r-1' } });
		const text = await response.text();
		expect(response.status).toBe(500);
		expect(JSON.parse(text)).toMatchObject({
			type: 'about:blank',
			status: 500,
			instance: 'urn:mobile-token:request:r-1',
		});
		expect(door.logged.join('')).toContain('"requestId":"r-1"');
		expect(text + door.logged.join('')).not.toContain('hunter2');
		expect(text).not.toMatch(/at .*:\d+:\d+/);
	});

	test('where it failed is in the log', async () => {
		door = await openDoor([failing(new TypeError(secret))]);
		await door.ask('/v1/failing');
		expect(door.logged.join('')).toMatch(/"error":"TypeError","at":\["at .*answers\.test\.ts/);
	});
});

describe('logs name fields and nothing else', () => {
	test('S-46 no header, body, query or unknown path gets in', async () => {
		door = await openDoor(fakeEndpoints());
		const headers = {
			authorization: 'Bearer secret-1',
			cookie: 'secret-2',
			'user-agent': 'secret-3',
			'content-type': 'application/json',
		};
		await door.ask('/v1/user?secret=secret-4', { method: 'POST', headers, body: '{"email":"secret-5@b.example"}' });
		await door.ask('/v1/secret-6', { headers });
		await door.ask('/v1/accounts/secret-7', { headers });
		const lines = door.logged.map((line) => JSON.parse(line));
		expect(lines).toHaveLength(3);
		expect(lines[0]).toEqual({
			level: 30,
			time: expect.any(Number),
			pid: expect.any(Number),
			hostname: expect.any(String),
			requestId: expect.any(String),
			method: 'POST',
			route: '/v1/user',
			status: 400,
			refusal: 'invalid-request',
			durationMs: expect.any(Number),
			msg: 'answered',
		});
		expect(door.logged.join('')).not.toContain('secret');
	});
});

describe('S-48 problem details', () => {
	test.each(Object.entries(REFUSALS))('%s travels as %i with a type of its own', (code, status) => {
		const problem = problemOf({ refusal: code as RefusalCode }, 'https://p.example', 'r-1');
		expect(problem).toEqual({
			type: `https://p.example/docs/problems/${code}`,
			title: expect.stringMatching(/\S/),
			status,
			detail: expect.stringMatching(/\S/),
			instance: 'urn:mobile-token:request:r-1',
			code,
		});
	});

	test('what an act has to say goes along, and a status of its own wins', () => {
		const problem = problemOf(
			{
				refusal: 'invalid-request',
				status: 422,
				detail: 'Another request.',
				attemptsLeft: 2,
				liveCode: 3,
				step: 'complete',
			},
			'',
			'r-1',
		);
		expect(problem).toMatchObject({
			status: 422,
			detail: 'Another request.',
			attemptsLeft: 2,
			liveCode: 3,
			step: 'complete',
		});
		expect(problem).not.toHaveProperty('refusal');
	});
});
