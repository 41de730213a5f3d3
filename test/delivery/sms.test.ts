import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTexter, type OutgoingSms, type TexterOptions } from '../../activities/delivery/sms.js';
import { startSocketServer } from './mail-server.js';
import { json, startProvider } from './provider.js';

const NUMBER = '+351912345678';
const CODE = '493027';
const TOKEN = 'a-secret-token';
const NOW = '2026-11-24T08:00:00.000Z';

const SMS: OutgoingSms = {
	messageId: '0192f1d2-7c3a-4e61-9d0b-5f6a7b8c9d0e',
	locale: 'en',
	to: NUMBER,
	params: { passcode: CODE, number: 1, expiresAt: '2026-11-24T08:10:00.000Z' },
};

const OPTIONS: TexterOptions = {
	accountSid: 'AC00000000000000000000000000000001',
	authToken: TOKEN,
	messagingServiceSid: 'MG00000000000000000000000000000002',
	baseUrl: null,
	statusCallbackUrl: null,
	productName: 'Mobile Token',
	publicUrl: 'https://login.platform.example:8443',
	clock: { now: () => NOW },
	timeoutMs: 2_000,
};

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

async function provider(...answer: Parameters<typeof startProvider>) {
	const started = await startProvider(...answer);
	closing.push(started.close);
	return started;
}

/** Sends once; neither the outcome nor what is reported for the log may carry number, code or token. */
async function quietly(baseUrl: string, options: Partial<TexterOptions> = {}) {
	const onTrouble = vi.fn();
	const outcome = await createTexter({ ...OPTIONS, ...options, baseUrl, onTrouble }).send(SMS);
	const told = inspect([outcome, onTrouble.mock.calls], { depth: 9, showHidden: true });
	for (const secret of [NUMBER, CODE, TOKEN, 'AC0000']) expect(told).not.toContain(secret);
	return { outcome, troubles: onTrouble.mock.calls.map(([trouble]) => trouble) };
}

/** As the provider words it: with the number in the text. */
const refusal = (code: number) => ({ code, message: `The number ${NUMBER} is no good`, more_info: 'https://…' });

describe('an SMS that is taken', () => {
	test('is one request with everything the provider needs to keep it short-lived and forget it', async () => {
		const { baseUrl, heard } = await provider((response) => json(response, 201, { sid: 'SM1', status: 'queued' }));
		const texter = createTexter({ ...OPTIONS, baseUrl, statusCallbackUrl: 'https://login.platform.example/reports' });
		expect(await texter.send(SMS)).toEqual({ outcome: 'sent', providerId: 'SM1' });
		expect(heard).toHaveLength(1);
		expect(heard[0]).toMatchObject({
			method: 'POST',
			path: `/2010-04-01/Accounts/${OPTIONS.accountSid}/Messages.json`,
			form: {
				To: NUMBER,
				MessagingServiceSid: OPTIONS.messagingServiceSid,
				ValidityPeriod: '600',
				RiskCheck: 'enable',
				ContentRetention: 'discard',
				AddressRetention: 'obfuscate',
				StatusCallback: `https://login.platform.example/reports?messageId=${SMS.messageId}`,
			},
		});
		expect(heard[0]?.form.From).toBeUndefined();
		const basic = Buffer.from(`${OPTIONS.accountSid}:${TOKEN}`).toString('base64');
		expect(heard[0]?.headers.authorization).toBe(`Basic ${basic}`);
	});

	test('S-50 says the code first and binds it to the site in its last line', async () => {
		const { baseUrl, heard } = await provider((response) => json(response, 201, { sid: 'SM1' }));
		await createTexter({ ...OPTIONS, baseUrl }).send(SMS);
		const lines = heard[0]?.form.Body?.split('\n') ?? [];
		expect(lines[0]).toMatch(/^493027 is your code from Mobile Token\. Valid for 10 minutes\./);
		expect(lines.at(-1)).toBe(`@login.platform.example #${CODE}`);
	});

	test.each([
		[undefined, 'your code'],
		[3, 'code 3'],
	])('names which code it is when it is not the first: %j', async (number, said) => {
		const { baseUrl, heard } = await provider((response) => json(response, 201, { sid: 'SM1' }));
		await createTexter({ ...OPTIONS, baseUrl }).send({ ...SMS, params: { ...SMS.params, number } });
		expect(heard[0]?.form.Body).toContain(said);
	});

	test('may not wait at the provider longer than its code lives', async () => {
		const { baseUrl, heard } = await provider((response) => json(response, 201, { sid: 'SM1' }));
		const texter = createTexter({ ...OPTIONS, baseUrl, clock: { now: () => '2026-11-24T08:04:30.000Z' } });
		await texter.send(SMS);
		expect(heard[0]?.form.ValidityPeriod).toBe('330');
	});

	test('is sent with an API key, from a number and without reports where it is set up so', async () => {
		const { baseUrl, heard } = await provider((response) => json(response, 201, { sid: 'SM1' }));
		const byKey = { authToken: undefined, apiKey: 'SK1', apiSecret: 'hush', messagingServiceSid: undefined };
		await createTexter({ ...OPTIONS, ...byKey, baseUrl, from: '+15005550006' }).send(SMS);
		expect(heard[0]?.form).toMatchObject({ From: '+15005550006' });
		expect(heard[0]?.form).not.toHaveProperty('StatusCallback');
		expect(heard[0]?.path).toContain(OPTIONS.accountSid);
		expect(heard[0]?.headers.authorization).toBe(`Basic ${Buffer.from('SK1:hush').toString('base64')}`);
	});

	test('shares one connection with those that follow', async () => {
		const { baseUrl, heard, connections } = await provider((response) => json(response, 201, { sid: 'SM1' }));
		const texter = createTexter({ ...OPTIONS, baseUrl });
		for (let n = 0; n < 5; n++) await texter.send(SMS);
		expect(heard).toHaveLength(5);
		expect(connections()).toBe(1);
	});
});

describe('an SMS that is refused', () => {
	test.each([
		[400, 21211, 'number-invalid'],
		[400, 21614, 'number-invalid'],
		[400, 21635, 'number-invalid'],
		[400, 21610, 'number-opted-out'],
		[400, 21408, 'country-not-available'],
		[403, 21408, 'country-not-available'],
		[400, 21612, 'country-not-available'],
		[401, 20003, 'provider-not-authorized'],
		[401, 70051, 'provider-not-authorized'],
		[403, 99999, 'provider-not-authorized'],
		[400, 99999, 'provider-refused'],
		[404, 20404, 'provider-refused'],
	])('fails for good on HTTP %i with code %i: %s', async (status, code, reason) => {
		const { baseUrl, heard } = await provider((response) => json(response, status, refusal(code)));
		const { outcome, troubles } = await quietly(baseUrl);
		expect(outcome).toEqual({ outcome: 'failed', reason });
		expect(troubles).toEqual([{ messageId: SMS.messageId, code: String(code), status }]);
		expect(heard).toHaveLength(1);
	});

	test('fails for good also when the refusal is no JSON', async () => {
		const { baseUrl } = await provider((response) => response.writeHead(403).end('<h1>Forbidden</h1>'));
		expect((await quietly(baseUrl)).outcome).toEqual({ outcome: 'failed', reason: 'provider-not-authorized' });
	});
});

describe('an SMS that was surely not sent', () => {
	test.each([
		['12', { outcome: 'retry', retryAfterMs: 12_000 }],
		['soon', { outcome: 'retry' }],
	])(
		'is tried again by us, and not by the client, when the provider is busy (Retry-After: %s)',
		async (value, expected) => {
			const { baseUrl, heard } = await provider((response) =>
				json(response, 429, refusal(20429), { 'retry-after': value }),
			);
			expect((await quietly(baseUrl)).outcome).toEqual(expected);
			expect(heard).toHaveLength(1);
		},
	);

	test('is tried again when the connection is refused', async () => {
		const { baseUrl, close } = await startProvider(() => {});
		await close();
		const { outcome, troubles } = await quietly(baseUrl);
		expect(outcome).toEqual({ outcome: 'retry' });
		expect(troubles).toMatchObject([{ code: 'ECONNREFUSED' }]);
	});

	test('is tried again when the name is unknown', async () => {
		expect((await quietly('http://sms.invalid:8080')).outcome).toEqual({ outcome: 'retry' });
	});
});

describe('an SMS with an unknown outcome', () => {
	test.each([500, 502, 503, 408, 307])('is unknown after HTTP %i, and asked for once only', async (status) => {
		const { baseUrl, heard } = await provider((response) =>
			response.writeHead(status, { location: '/elsewhere' }).end('<h1>Oh</h1>'),
		);
		expect((await quietly(baseUrl)).outcome).toEqual({ outcome: 'unknown' });
		expect(heard).toHaveLength(1);
	});

	test('is unknown when no answer comes in time', async () => {
		const { baseUrl, heard } = await provider(() => {});
		const started = performance.now();
		expect((await quietly(baseUrl, { timeoutMs: 300 })).outcome).toEqual({ outcome: 'unknown' });
		expect(performance.now() - started).toBeLessThan(1_500);
		expect(heard).toHaveLength(1);
	});

	test('is unknown when an answer trickles past the time-out', async () => {
		const { baseUrl } = await provider((response) => {
			response.writeHead(201, { 'content-type': 'application/json' });
			const trickle = setInterval(() => response.write(' '), 50);
			response.on('close', () => clearInterval(trickle));
		});
		const started = performance.now();
		expect((await quietly(baseUrl, { timeoutMs: 300 })).outcome).toEqual({ outcome: 'unknown' });
		expect(performance.now() - started).toBeLessThan(1_500);
	});

	test('is unknown when the connection is reset after the request', async () => {
		const server = await startSocketServer((socket) => socket.on('data', () => socket.resetAndDestroy()));
		closing.push(server.close);
		expect((await quietly(`http://127.0.0.1:${server.port}`)).outcome).toEqual({ outcome: 'unknown' });
		expect(server.connections()).toBe(1);
	});
});

describe('a row or a setting that cannot be used', () => {
	test.each([{}, { passcode: CODE }, { expiresAt: NOW }, { passcode: CODE, expiresAt: 'soon' }])(
		'ends without a request: %j',
		async (params) => {
			const { baseUrl, heard } = await provider((response) => json(response, 201, { sid: 'SM1' }));
			const texter = createTexter({ ...OPTIONS, baseUrl });
			expect(await texter.send({ ...SMS, params })).toEqual({ outcome: 'failed', reason: 'unreadable' });
			expect(heard).toEqual([]);
		},
	);

	test.each([
		[{ accountSid: 'hush' }, 'start with AC'],
		[{ authToken: undefined }, 'auth token'],
		[{ authToken: undefined, apiKey: 'hush' }, 'auth token'],
		[{ messagingServiceSid: undefined }, 'sender'],
	])('stops the start, unquoted: %j', (wrong, said) => {
		expect(() => createTexter({ ...OPTIONS, ...wrong })).toThrow(said);
		expect(() => createTexter({ ...OPTIONS, ...wrong })).not.toThrow('hush');
	});
});
