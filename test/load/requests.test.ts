import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLoad } from '../../acts/door/load.js';
import { setPassword } from '../../acts/password/password.js';
import { putPhone } from '../../acts/phone/phone.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { type LoadLimits, UNLIMITED } from '../../domain/load.js';
import { type Acts, FREELY, openActs, PASSWORD, refused, registered, signedIn, user } from '../acts/acts.js';
import { type Client, openClient } from '../api/client.js';
import { pgliteDatabase } from '../setup/databases.js';

const FEW: Partial<LoadLimits> = {
	requests: { each: { atOnce: 6, waiting: 0 }, all: UNLIMITED },
	acts: { each: { atOnce: 2, waiting: 6 }, all: { atOnce: 4, waiting: 2 } },
};
const ONE_AND_ONE_WAITING = { each: { atOnce: 1, waiting: 1 }, all: UNLIMITED };

describe('many requests at once', () => {
	let acts: Acts;
	let client: Client;
	beforeAll(async () => {
		acts = await openActs(pgliteDatabase, { signInsPerNetworkPerHour: 1_000 }, FEW);
		client = await openClient(acts);
	});
	afterAll(async () => {
		await client?.stop();
		await acts?.stop();
	});

	const atOnce = <T>(times: number, ask: () => Promise<T>) => Promise.all(Array.from({ length: times }, ask));
	const idle = () => Object.values(acts.api.load).every(({ keys }) => keys === 0);

	test('what is more than a network may send is refused with a time to wait, and the rest is answered', async () => {
		const answers = await atOnce(40, () => client.as('x'.repeat(43))('GET', '/v1/session'));
		const turnedAway = answers.filter(({ status }) => status === 429);
		expect(turnedAway.length).toBeGreaterThan(0);
		expect(answers.filter(({ status }) => status === 401).length).toBe(40 - turnedAway.length);
		for (const { headers, body } of turnedAway) {
			expect(headers.get('retry-after')).toBe('2');
			expect(headers.get('cache-control')).toBe('no-store');
			expect(body).toMatchObject({ code: 'rate-limited', retryAfter: 2 });
			expect(body.instance).toContain(headers.get('x-request-id'));
		}
		expect(idle()).toBe(true);
	});

	test('sign-ins that find no room are refused alike for known and unknown e-mails, and are no attempts', async () => {
		const { email } = await registered(acts);
		for (const address of [email, 'nobody-has-this@example.com']) {
			const api = { ...acts.api, load: createLoad({ ...FREELY, hashes: ONE_AND_ONE_WAITING }) };
			const answers = await atOnce(6, () => signIn(api, user(undefined), { email: address, password: 'wrong' }));
			const said = answers.map((answer) => refused(answer));
			expect(said.map(({ refusal }) => refusal).sort()).toEqual([
				...Array(2).fill('invalid-credentials'),
				...Array(4).fill('rate-limited'),
			]);
			expect(said.filter(({ refusal }) => refusal === 'rate-limited')).toEqual(
				Array(4).fill({ refusal: 'rate-limited', retryAfter: 2 }),
			);
			const key = acts.api.keys.digest('limit', 'password', address, user(undefined).source);
			const { count } = await acts.db
				.selectFrom('limits')
				.select('count')
				.where('key', '=', key)
				.executeTakeFirstOrThrow();
			expect(count, address).toBe(2);
		}
	});

	test('of one session’s acts one is done at a time, one waits, and the others are refused', async () => {
		const { token } = await signedIn(acts);
		const api = { ...acts.api, load: createLoad({ ...FREELY, sessions: ONE_AND_ONE_WAITING }) };
		const answers = await atOnce(6, () => putPhone(api, user(token), { number: '+351912345678' }));
		expect(answers.map((answer) => refused(answer).refusal).sort()).toEqual([
			...Array(4).fill('rate-limited'),
			...Array(2).fill('wrong-step'),
		]);
	});

	test('a password is changed by one attempt at a time, each counted before it is judged', async () => {
		const { id, token } = await signedIn(acts);
		const limits = { ...FREELY, passwordChanges: ONE_AND_ONE_WAITING };
		let judged = 0;
		const scorePassword: typeof acts.api.scorePassword = (text, words) => {
			judged += 1;
			return acts.api.scorePassword(text, words);
		};
		const api = { ...acts.api, scorePassword, load: createLoad(limits) };
		const choose = () => setPassword(api, user(token), { password: 'p@55w0rd'.repeat(8) });
		const answers = await atOnce(5, choose);
		expect(answers.map((answer) => refused(answer).refusal).sort()).toEqual([
			...Array(2).fill('password-rejected'),
			...Array(3).fill('rate-limited'),
		]);
		for (let n = 2; n < acts.api.policy.passwordFailuresBeforeSlowDown; n += 1) await choose();
		expect(judged).toBe(10);
		expect(refused(await choose())).toMatchObject({ refusal: 'rate-limited', retryAfter: 30 });
		expect(judged).toBe(10);
		acts.clock.pass(30_000);
		expect((await setPassword(api, user(token), { password: PASSWORD })) as object).toHaveProperty('session');
		const key = acts.api.keys.digest('limit', 'password-change', id);
		expect(await acts.db.selectFrom('limits').selectAll().where('key', '=', key).execute()).toEqual([]);
	});

	test('a connection that is cut while it waits gives its place back', async () => {
		const { port } = new URL(client.url);
		const sockets = Array.from({ length: 6 }, () => connect(Number(port), '127.0.0.1'));
		for (const socket of sockets)
			socket.write(
				'POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
			);
		await pause(100);
		expect((await client.as(undefined)('GET', '/v1/session')).status).toBe(429);
		for (const socket of sockets) socket.destroy();
		await pause(100);
		expect((await client.as(undefined)('GET', '/v1/session')).status).toBe(401);
		expect(idle()).toBe(true);
	});

	test('slow bodies hold no turn: only what is read whole is done in turns', async () => {
		const { port } = new URL(client.url);
		const sockets = Array.from({ length: 5 }, () => connect(Number(port), '127.0.0.1'));
		for (const socket of sockets)
			socket.write(
				'POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
			);
		await pause(100);
		expect((await client.as('x'.repeat(43))('GET', '/v1/session')).status).toBe(401);
		for (const socket of sockets) socket.destroy();
	});
});
