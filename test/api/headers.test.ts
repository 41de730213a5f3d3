import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { networkOf } from '../../api/http/network.js';
import { AGENT_KEY, type Door, openDoor } from './door.js';
import { fakeEndpoints, type Reached } from './fake-endpoints.js';

const reached: Reached[] = [];
let door: Door;

beforeAll(async () => {
	door = await openDoor(fakeEndpoints(reached));
});
afterAll(() => door.stop(0));
beforeEach(() => {
	reached.length = 0;
});

const EMAIL = '{"email":"a@b.example"}';

function post(path: string, headers: Record<string, string>, body = EMAIL) {
	return door.ask(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

/** One request as bytes, so that a header can stand in it twice or be as odd as it likes. */
function raw(path: string, lines: string[]) {
	const head = [`POST ${path} HTTP/1.1`, 'host: x', 'connection: close', 'content-type: application/json'];
	return door.sendRaw([...head, `content-length: ${EMAIL.length}`, ...lines, '', EMAIL].join('\r\n'));
}

describe('one bearer token names the caller', () => {
	test('a token reaches the act as it is', async () => {
		expect((await post('/v1/user', { authorization: 'Bearer abc.DEF_1~2+3/4-5==' })).status).toBe(200);
		expect(reached[0]?.call.token).toBe('abc.DEF_1~2+3/4-5==');
	});

	test('the scheme is read in any case', async () => {
		expect((await post('/v1/user', { authorization: 'bEARER abc' })).status).toBe(200);
	});

	test.each(['Basic YTpi', 'abc', 'Digest x', 'Bearerabc'])(
		'credentials of another kind are none: %s',
		async (authorization) => {
			const response = await post('/v1/user', { authorization });
			expect(response.status).toBe(401);
			expect(response.headers.get('www-authenticate')).toBe('Bearer');
			expect(await response.json()).toMatchObject({ code: 'not-signed-in' });
		},
	);

	test.each(['Bearer', 'Bearer a b', 'Bearer a,b', 'Bearer a"b', 'Bearer ü'])(
		'a malformed token is refused: %s',
		async (value) => {
			expect(await raw('/v1/user', [`authorization: ${value}`])).toContain('HTTP/1.1 400');
		},
	);

	test('a token as long as a header is refused', async () => {
		expect((await post('/v1/user', { authorization: `Bearer ${'a'.repeat(1_020)}` })).status).toBe(400);
	});

	test('two Authorization headers are refused, whichever is good', async () => {
		for (const pair of [
			[AGENT_KEY, 'other'],
			['other', AGENT_KEY],
			[AGENT_KEY, AGENT_KEY],
		]) {
			const answer = await raw(
				'/v1/agent',
				pair.map((token) => `authorization: Bearer ${token}`),
			);
			expect(answer).toContain('HTTP/1.1 400');
		}
		expect(reached).toEqual([]);
	});

	test('S-45 a token in the query is ignored', async () => {
		expect((await door.ask('/v1/user?access_token=abc', { method: 'POST' })).status).toBe(401);
	});

	test('an agent is known by name, and an unknown key is refused', async () => {
		expect((await post('/v1/agent', { authorization: `Bearer ${AGENT_KEY}` })).status).toBe(200);
		expect(reached[0]?.call.agent).toBe('ana');
		expect((await post('/v1/agent', { authorization: 'Bearer other' })).status).toBe(401);
		expect((await post('/v1/agent', {})).status).toBe(401);
		expect(reached).toHaveLength(1);
	});

	test('an unknown key learns nothing about its body', async () => {
		expect((await post('/v1/agent', { authorization: 'Bearer other' }, '{')).status).toBe(401);
	});
});

describe('Idempotency-Key', () => {
	test('names method, path and body, in whatever order the members came', async () => {
		await post('/v1/open', { 'idempotency-key': 'k1' }, '{"email":"a@b.example","note":"n"}');
		await post('/v1/open', { 'idempotency-key': 'k1' }, '{"note":"n","email":"A@b.example "}');
		await post('/v1/open', { 'idempotency-key': 'k1' }, '{"note":"m","email":"a@b.example"}');
		const [first, second, third] = reached.map(({ call }) => call.idempotency);
		expect(first).toEqual({ key: 'k1', request: 'POST /v1/open {"email":"a@b.example","note":"n"}' });
		expect(second).toEqual(first);
		expect(third?.request).not.toBe(first?.request);
	});

	test('is nothing when it is not sent', async () => {
		await post('/v1/open', {});
		expect(reached[0]?.call.idempotency).toBeUndefined();
	});

	test('is not asked for by a read', async () => {
		expect((await door.ask('/v1/open', { headers: { 'idempotency-key': 'x'.repeat(300) } })).status).toBe(200);
		expect(reached[0]?.call.idempotency).toBeUndefined();
	});

	test.each(['', ' ', 'a b', 'ü', 'x'.repeat(256), 'a\tb'])('is refused when it is %j', async (key) => {
		expect(await raw('/v1/open', [`idempotency-key: ${key}`])).toContain('HTTP/1.1 400');
		expect(reached).toEqual([]);
	});

	test('may have 255 characters', async () => {
		expect((await post('/v1/open', { 'idempotency-key': '!'.repeat(255) })).status).toBe(200);
	});

	test('is refused when there are two', async () => {
		expect(await raw('/v1/open', ['idempotency-key: a', 'idempotency-key: b'])).toContain('HTTP/1.1 400');
	});
});

describe('an ambiguous request is refused before anything runs', () => {
	const requests: [string, string][] = [
		['two lengths', 'POST /v1/open HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
		[
			'length and chunks',
			'POST /v1/open HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
		],
		['a header without a name', 'GET /v1/open HTTP/1.1\r\nhost: x\r\n: x\r\n\r\n'],
		['no HTTP', 'hello\r\n\r\n'],
		['an unknown method', 'GRAB /v1/open HTTP/1.1\r\nhost: x\r\n\r\n'],
		['no host', 'GET /v1/open HTTP/1.1\r\n\r\n'],
		['a header of 32 KiB', `GET /v1/open HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(32_768)}\r\n\r\n`],
	];
	test.each(requests)('%s', async (_name, bytes) => {
		const answer = await door.sendRaw(bytes);
		expect(answer).toMatch(/^HTTP\/1\.1 4(00|31) /);
		expect(answer).not.toMatch(/node:|at .*:\d+:\d+/);
		expect(reached).toEqual([]);
	});

	test('a path with a broken escape', async () => {
		const answer = await door.sendRaw('GET /v1/accounts/%E0%A4%A HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
		expect(answer).toContain('HTTP/1.1 400');
		expect(answer).toContain('"code":"invalid-request"');
	});
});

describe('X-Request-Id', () => {
	test('comes back, and is the problem’s instance', async () => {
		const response = await door.ask('/nowhere', { headers: { 'x-request-id': 'trace-1.a_B' } });
		expect(response.headers.get('x-request-id')).toBe('trace-1.a_B');
		expect(await response.json()).toMatchObject({ instance: 'urn:mobile-token:request:trace-1.a_B' });
	});

	test.each(['x'.repeat(65), 'a b', 'a"b', '<a>', 'ü'])(
		'is made anew when it could be mistaken in a log: %j',
		async (id) => {
			const answer = await door.sendRaw(
				`GET /v1/open HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-request-id: ${id}\r\n\r\n`,
			);
			expect(answer).toMatch(/x-request-id: [0-9a-f-]{36}\r\n/i);
		},
	);
});

describe('where a request comes from', () => {
	test.each([
		['203.0.113.7', '203.0.113.7'],
		['::ffff:203.0.113.7', '203.0.113.7'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['2001:DB8::6', '2001:db8:0:0::/64'],
		['::1', '0:0:0:0::/64'],
		['fe80::1%eth0', 'fe80:0:0:0::/64'],
		['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
		['2001:db8::1.2.3.4', '2001:db8:0:0::/64'],
		['203.0.113.7:5678', '203.0.113.7'],
		['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
		['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
		['::ffff:203.0.113.7:5678', 'unknown'],
		['[::ffff:203.0.113.7]:5678', '203.0.113.7'],
		['203.0.113.7:', 'unknown'],
		['203.0.113.7:123456', 'unknown'],
		['203.0.113.7:80:80', 'unknown'],
		['[203.0.113.7]:80', 'unknown'],
		['<script>', 'unknown'],
		['', 'unknown'],
		[undefined, 'unknown'],
	])('%s is of %s', (ip, network) => {
		expect(networkOf(ip)).toBe(network);
	});

	test('X-Forwarded-For counts only from a trusted proxy', async () => {
		await post('/v1/open', { 'x-forwarded-for': '203.0.113.7' });
		expect(reached[0]?.call.source).toBe('127.0.0.1');
	});

	test('behind one trusted proxy the last address counts, not what the client put before it', async () => {
		const behind = await openDoor(fakeEndpoints(reached), { trustProxy: 1 });
		await fetch(`${behind.url}/v1/open`, { headers: { 'x-forwarded-for': '198.51.100.1, 2001:db8:1:2:3::9' } });
		await behind.stop(0);
		expect(reached[0]?.call.source).toBe('2001:db8:1:2::/64');
	});

	test('a proxy that writes ports behind addresses names the same networks', async () => {
		for (const trustProxy of [2, ['loopback', '10.0.0.0/8']]) {
			const behind = await openDoor(fakeEndpoints(reached), { trustProxy });
			for (const from of ['198.51.100.1:4711', '[2001:db8:1:2:3::9]:443']) {
				await fetch(`${behind.url}/v1/open`, { headers: { 'x-forwarded-for': `192.0.2.9, ${from}, 10.0.0.5:33012` } });
			}
			await behind.stop(0);
		}
		const networks = ['198.51.100.1', '2001:db8:1:2::/64'];
		expect(reached.map(({ call }) => call.source)).toEqual([...networks, ...networks]);
	});
});
