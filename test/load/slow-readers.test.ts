import { once } from 'node:events';
import { connect } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Turns } from '../../acts/door/turns.js';
import { inTurn } from '../../api/http/admission.js';
import { type RunningServer, startServer } from '../../api/http/server.js';

/** More than the system keeps for a reader that does not read. */
const LONG = Buffer.alloc(32_000_000, 'x');
const IDLE_MS = 2_500;
const TWO_AT_ONCE = { atOnce: 2, waiting: 0 };
const turns = new Turns({ each: TWO_AT_ONCE, all: TWO_AT_ONCE });
let answered = 0;
let closed = 0;
let server: RunningServer;

beforeAll(async () => {
	const app = express();
	app.use(inTurn(turns, (_req, res) => res.status(429).end()));
	app.get('/long', (_req, res) => {
		answered += 1;
		res.once('close', () => {
			closed += 1;
		});
		res.send(LONG);
	});
	app.post('/slow', (req, res) => {
		res.once('close', () => {
			closed += 1;
		});
		req.resume();
	});
	app.get('/short', (_req, res) => res.send('ok'));
	server = await startServer(app, { host: '127.0.0.1', port: 0, idleMs: IDLE_MS });
});
afterAll(() => server?.stop(0));

test('who fetches no answer holds no turn, also with answers in line, and loses the connection', async () => {
	const socket = connect(server.port, '127.0.0.1').pause();
	socket.write('GET /long HTTP/1.1\r\nHost: x\r\n\r\nGET /long HTTP/1.1\r\nHost: x\r\n\r\n');
	await vi.waitFor(() => expect(answered).toBe(2));
	expect(turns.keys).toBe(0);
	expect(closed).toBe(0);
	expect((await fetch(`${server.url}/short`)).status).toBe(200);
	await vi.waitFor(() => expect(closed).toBe(2), { timeout: 5 * IDLE_MS, interval: 100 });
	socket.destroy();
});

test('a connection that sent no HTTP and stays open holds no turn: its client has a second to read why', async () => {
	const before = closed;
	const sockets = Array.from({ length: 2 }, () =>
		connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true }),
	);
	for (const socket of sockets) {
		socket.on('error', () => {});
		socket.write('POST /slow HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n');
	}
	const [said] = await Promise.all(sockets.map((socket) => once(socket, 'data')));
	expect(String(said)).toMatch(/^HTTP\/1.1 400 /);
	await vi.waitFor(() => expect(closed).toBe(before + 2), { timeout: 1_900, interval: 50 });
	expect(turns.keys).toBe(0);
	for (const socket of sockets) socket.destroy();
});

test('a connection that is cut while its answer is made gives its turn back, once', async () => {
	for (let times = 0; times < 3; times += 1) {
		const socket = connect(server.port, '127.0.0.1');
		socket.write('GET /long HTTP/1.1\r\nHost: x\r\n\r\n');
		await new Promise((resume) => socket.once('data', resume));
		socket.destroy();
	}
	await vi.waitFor(() => expect(closed).toBe(7));
	const answers = await Promise.all([1, 2].map(() => fetch(`${server.url}/short`)));
	expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	expect(turns.keys).toBe(0);
});
