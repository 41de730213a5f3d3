import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Door, openDoor } from './door.js';
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

function post(
	body: RequestInit['body'],
	headers: Record<string, string> = { 'content-type': 'application/json' },
	path = '/v1/open',
) {
	return door.ask(path, { method: 'POST', body: body ?? null, headers, duplex: 'half' } as RequestInit);
}

async function expectProblem(response: Response, status: number, code: string) {
	const problem = (await response.json()) as Record<string, unknown>;
	expect(problem).toMatchObject({ status, code, type: `https://onboarding.example/docs/problems/${code}` });
	expect(response.status).toBe(status);
	expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
	expect(JSON.stringify(problem)).not.toMatch(/node_modules|at .*:\d+:\d+|SyntaxError|ZodError/);
	expect(reached).toEqual([]);
	return problem;
}

describe('a body that is no JSON object never reaches an act', () => {
	const bodies = ['', '{', '{"email":', 'null', '1', '"x"', '[]', '\u{feff}{}x', '{"email":"a@b.example"}}', 'email=a'];
	test.each(bodies)('%j', async (body) => {
		await expectProblem(await post(body), 400, 'invalid-request');
	});

	test('bytes that are not UTF-8', async () => {
		const body = Buffer.concat([
			Buffer.from('{"email":"a@b.example","note":"'),
			Buffer.from([0xff, 0xfe]),
			Buffer.from('"}'),
		]);
		await expectProblem(await post(body), 400, 'invalid-request');
	});

	test('thousands of open brackets', async () => {
		await expectProblem(await post('['.repeat(16_000)), 400, 'invalid-request');
	});

	test('no body at all where one is required', async () => {
		await expectProblem(await post(undefined, {}), 400, 'invalid-request');
	});
});

describe('members of the wrong shape are named by pointer', () => {
	const shapes: [unknown, string, string][] = [
		[{}, '/email', 'missing'],
		[{ email: 1 }, '/email', 'invalid-type'],
		[{ email: null }, '/email', 'invalid-type'],
		[{ email: ['a@b.example'] }, '/email', 'invalid-type'],
		[{ email: { $ne: '' } }, '/email', 'invalid-type'],
		[{ email: 'nobody' }, '/email', 'invalid-format'],
		[{ email: 'a@b.example', 'x/y~z': 1 }, '/x~1y~0z', 'unknown-member'],
		[{ email: 'a@b.example', constructor: 1 }, '/constructor', 'unknown-member'],
	];
	test.each(shapes)('%j', async (body, pointer, code) => {
		const problem = await expectProblem(await post(JSON.stringify(body)), 400, 'invalid-request');
		expect(problem.errors).toEqual([{ pointer, code, detail: expect.any(String) }]);
	});

	test('__proto__ is a member like any other, so unknown', async () => {
		const problem = await expectProblem(
			await post('{"email":"a@b.example","__proto__":{"admin":1}}'),
			400,
			'invalid-request',
		);
		expect(problem.errors).toMatchObject([{ pointer: '/__proto__' }]);
	});

	test('the value is never quoted: it may be a secret in the wrong place', async () => {
		const response = await post(JSON.stringify({ email: 'hunter2-hunter2', note: 7 }));
		expect(await response.text()).not.toContain('hunter2');
	});

	test('thousands of mistakes get a short answer', async () => {
		const body = JSON.stringify(Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`k${n}`, 1])));
		const text = await (await post(body)).text();
		expect(text.length).toBeLessThan(4_000);
	});

	test('an unknown query parameter is refused as well, and so is one given twice', async () => {
		const problem = await expectProblem(await door.ask('/v1/open?verbose=1'), 400, 'invalid-request');
		expect(problem.errors).toMatchObject([{ pointer: '/verbose', code: 'unknown-member' }]);
	});

	test('a path that takes no body takes none or {}', async () => {
		expect((await post(undefined, {}, '/v1/empty')).status).toBe(200);
		expect((await post('{}', undefined, '/v1/empty')).status).toBe(200);
		reached.length = 0;
		await expectProblem(await post('{"a":1}', undefined, '/v1/empty'), 400, 'invalid-request');
	});
});

describe('large bodies are refused before they cost memory', () => {
	const megabyte = JSON.stringify({ email: 'a@b.example', note: 'x'.repeat(1_000_000) });

	test('1 MB with its length told', async () => {
		await expectProblem(await post(megabyte), 413, 'payload-too-large');
	});

	test('1 MB in chunks, its length not told', async () => {
		const chunks = new Blob([megabyte]).stream();
		await expectProblem(await post(chunks), 413, 'payload-too-large');
		expect((await door.ask('/v1/open')).status).toBe(200);
	});

	test('one byte over 16 KiB is refused, 16 KiB are read', async () => {
		const fill = (length: number) => {
			const empty = JSON.stringify({ email: 'a@b.example', note: '' });
			return JSON.stringify({ email: 'a@b.example', note: 'x'.repeat(length - empty.length) });
		};
		await expectProblem(await post(fill(16_385)), 413, 'payload-too-large');
		expect((await post(fill(16_384))).status).toBe(200);
	});

	test('an endless body is answered while it still comes', async () => {
		const answer = await door.sendRaw(
			`POST /v1/open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${`4000\r\n${'x'.repeat(0x4000)}\r\n`.repeat(3)}`,
			500,
		);
		expect(answer).toContain('HTTP/1.1 413');
	});

	test('a body on a path without one is not read', async () => {
		await expectProblem(await post(megabyte, undefined, '/v1/user'), 401, 'not-signed-in');
	});
});

describe('a body of another type than JSON is refused', () => {
	const types = [
		'application/x-www-form-urlencoded',
		'text/plain',
		'multipart/form-data; boundary=x',
		'application/problem+json',
		'application/json; charset=latin1',
		'application/jsonx',
		'json',
		',application/json',
	];
	test.each(types)('%s', async (type) => {
		await expectProblem(await post('{"email":"a@b.example"}', { 'content-type': type }), 415, 'unsupported-media-type');
	});

	test('no type at all', async () => {
		const answer = await door.sendRaw(
			'POST /v1/open HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}',
		);
		expect(answer).toContain('HTTP/1.1 415');
	});

	test('a compressed body is refused', async () => {
		const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
		await expectProblem(await post('x', headers), 415, 'unsupported-media-type');
	});

	test.each(['application/json', 'Application/JSON; Charset="UTF-8"', 'application/json;charset=utf8'])(
		'but %s is',
		async (type) => {
			expect((await post('{"email":"a@b.example"}', { 'content-type': type })).status).toBe(200);
		},
	);
});

test('a body that stops in the middle reaches no act and delays no other request', async () => {
	const head =
		'POST /v1/open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"email"';
	const slow = door.sendRaw(head, 500);
	expect((await door.ask('/v1/open')).status).toBe(200);
	reached.length = 0;
	expect(await slow).toBe('');
	expect(reached).toEqual([]);
});

test('an e-mail is trimmed and lower-cased on its way in', async () => {
	expect((await post('{"email":"  Ana.Silva@Example.COM "}')).status).toBe(200);
	expect(reached[0]?.input).toEqual({ email: 'ana.silva@example.com' });
});
