import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { afterEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../api/http/server.js';
import { openDoor } from './door.js';
import { fakeEndpoints } from './fake-endpoints.js';

let server: RunningServer | undefined;
afterEach(() => server?.stop(0));

/** Answers after `ms`. */
function slowApp(ms: number) {
	const app = express();
	app.get('/', async (_req, res) => {
		await sleep(ms);
		res.send('done');
	});
	return app;
}

describe('stopping', () => {
	test('a request under way is finished, a new one is not taken', async () => {
		server = await startServer(slowApp(300), { host: '127.0.0.1', port: 0 });
		const { url } = server;
		const underWay = fetch(url);
		await sleep(100);
		const stopped = server.stop(5_000);
		await expect(fetch(url)).rejects.toThrow();
		expect(await (await underWay).text()).toBe('done');
		await stopped;
	});

	test('connections kept alive by clients do not hold it up', async () => {
		server = await startServer(slowApp(100), { host: '127.0.0.1', port: 0 });
		await (await fetch(server.url)).text();
		const underWay = fetch(server.url);
		await sleep(50);
		const begun = Date.now();
		await server.stop(5_000);
		expect(await (await underWay).text()).toBe('done');
		expect(Date.now() - begun).toBeLessThan(2_000);
	});

	test('what is not finished in time is cut off', async () => {
		server = await startServer(slowApp(5_000), { host: '127.0.0.1', port: 0 });
		const underWay = fetch(server.url).then(
			() => 'answered',
			() => 'cut off',
		);
		await sleep(100);
		const begun = Date.now();
		await server.stop(200);
		expect(await underWay).toBe('cut off');
		expect(Date.now() - begun).toBeLessThan(2_000);
	});
});

describe('listening', () => {
	test('a port that is taken is an error, not a crash', async () => {
		server = await startServer(slowApp(0), { host: '127.0.0.1', port: 0 });
		await expect(startServer(slowApp(0), { host: '127.0.0.1', port: server.port })).rejects.toMatchObject({
			code: 'EADDRINUSE',
		});
	});

	test('the server answers at the address that it reports', async () => {
		server = await startServer(slowApp(0), { host: '127.0.0.1', port: 0 });
		expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
		expect((await fetch(server.url)).status).toBe(200);
	});
});

test('bytes that are no HTTP get a problem too', async () => {
	const door = await openDoor();
	server = door;
	const answer = await door.sendRaw('hello\r\n\r\n');
	const [head = '', body = ''] = answer.split('\r\n\r\n');
	expect(head).toContain('Content-Type: application/problem+json');
	expect(JSON.parse(body)).toEqual({ type: 'about:blank', title: 'Bad Request', status: 400, code: 'invalid-request' });
});

test('a client that never ends its header or its body is disconnected, and delays no other client', async () => {
	const door = await openDoor(fakeEndpoints());
	server = door;
	const slowHeader = door.sendRaw('GET /healthz HTTP/1.1\r\nhost: x\r\n', 15_000);
	const type = 'content-type: application/json\r\ncontent-length: 50';
	const slowBody = door.sendRaw(`POST /v1/open HTTP/1.1\r\nhost: x\r\n${type}\r\n\r\n{"email"`, 15_000);
	expect((await door.ask('/v1/open')).status).toBe(200);
	expect(await slowHeader).toContain('HTTP/1.1 408');
	expect(await slowBody).toContain('HTTP/1.1 408');
});
