import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../journeys/person.js';
import { freePort } from '../setup/child.js';
import { parts } from '../setup/services.js';
import { messageOf, untilState } from './recipients.js';
import { startRoles } from './roles.js';

/** What a killed activity waits for before another worker gets it, and then some. */
const TAKEN_OVER_WITHIN_MS = 45_000;
const OWED_WITHIN_MS = 30_000;

describe.skipIf(!parts.temporal || !parts.postgres)('kill -9 of one role at the worst moment', () => {
	let roles: Awaited<ReturnType<typeof startRoles>>;
	beforeAll(async () => {
		roles = await startRoles();
		await Promise.all([roles.api.start(), roles.worker.start()]);
	});
	afterAll(() => roles.stop());

	test('the worker in the middle of an SMS: it is not sent again, and the user has Resend', async () => {
		const ana = roles.person();
		await ana.untilPhone();
		roles.sms.set(ana.number, 'hangs');
		await ana.givesPhone();
		await eventually(async () => roles.sms.requestsFor(ana.number).length === 1, TAKEN_OVER_WITHIN_MS, 'the request');
		await roles.worker.kill();
		await roles.worker.start();
		await untilState(ana, 'passcode', 'unknown', TAKEN_OVER_WITHIN_MS);
		expect(roles.sms.requestsFor(ana.number)).toHaveLength(1);
		expect(await ana.acts('POST', '/v1/onboarding/phone/passcode')).toMatchObject({ status: 202 });
		expect(await ana.verifies(await ana.readsPasscode(2))).toMatchObject({ status: 200, body: { step: 'complete' } });
		expect(roles.sms.requestsFor(ana.number)).toHaveLength(2);
	});

	test("the worker between the mail server's 250 and our write: the same mail again, under the same id", async () => {
		const ana = roles.person();
		roles.mail.set(ana.email, 451, 'takes');
		await ana.registers();
		await eventually(async () => roles.mail.attemptsFor(ana.email) === 1, TAKEN_OVER_WITHIN_MS, 'the first attempt');
		const release = await holdAccount(roles.databaseUrl, ana.id);
		await eventually(async () => roles.mail.mailsFor(ana.email).length === 1, TAKEN_OVER_WITHIN_MS, 'the mail');
		await roles.worker.kill();
		await release();
		expect(await messageOf(ana, 'temporary-password')).toMatchObject({ state: 'queued' });
		await roles.worker.start();
		await untilState(ana, 'temporary-password', 'sent', TAKEN_OVER_WITHIN_MS);
		const mails = roles.mail.mailsFor(ana.email);
		expect(mails).toHaveLength(2);
		expect(new Set(mails.map(({ parsed }) => parsed.messageId)).size).toBe(1);
		expect((await ana.signsIn(await ana.readsTemporaryPassword())).status).toBe(201);
	});

	test('the API after the commit, before its signal arrived anywhere: the sweep of another signals', async () => {
		await roles.api.kill();
		await roles.api.start({ TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` });
		const ana = roles.person();
		await ana.registers();
		await roles.api.kill();
		const backAt = performance.now();
		await roles.api.start();
		await ana.readsTemporaryPassword();
		const tookMs = Math.round(performance.now() - backAt);
		console.log(`signal lost with the API: the mail came ${tookMs} ms after another started`);
		expect(tookMs).toBeLessThan(OWED_WITHIN_MS);
	});

	test('the API in the middle of an act: a repeat under the same key has one effect', async () => {
		const ana = roles.person();
		const key = { 'Idempotency-Key': 'registers-ana' };
		const body = { email: ana.email };
		const release = await holdTable(roles.databaseUrl);
		const lost = ana.agent('POST', '/v1/accounts', body, key).catch(() => null);
		await new Promise((done) => setTimeout(done, 300));
		await roles.api.kill();
		expect(await lost).toBeNull();
		await release();
		await roles.api.start();
		const first = await ana.agent('POST', '/v1/accounts', body, key);
		expect(first.status).toBe(201);
		expect(await ana.agent('POST', '/v1/accounts', body, key)).toMatchObject({
			status: 201,
			body: first.body as object,
		});
	});
});

/** Holds a lock as another act would, so that what needs it waits; gives what lets it go. */
async function hold(url: string, statement: string, values: string[] = []): Promise<() => Promise<void>> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query('begin');
	await client.query(statement, values);
	return async () => {
		await client.query('rollback');
		await client.end();
	};
}

function holdAccount(url: string, id: string) {
	return hold(url, 'select id from accounts where id = $1 for update', [id]);
}

function holdTable(url: string) {
	return hold(url, 'lock table accounts in exclusive mode');
}
