import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../acts/sign-in/sign-in.js';
import type { Account } from '../../acts/views.js';
import { after, type Instant } from '../../domain/time.js';
import { onboardingWorkflowId } from '../../workflows/messages.js';
import { ask, eventually, Person } from '../journeys/person.js';
import { type Platform, startPlatform } from '../journeys/platform.js';
import { pgliteDatabase, postgresDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { keepingIn, startTemporal, type TemporalServer } from '../setup/temporal-server.js';
import { messageOf } from './recipients.js';

/** "When it is back, everything owed goes out within 30 s." */
const OWED_WITHIN_MS = 30_000;
/** What hashes takes 40 ms; the rest is for a machine that is busy. No act may wait for Temporal, which would take 5 s. */
const ACT_WITHIN_MS = 2_000;

describe.skipIf(!parts.temporal)('while Temporal is away', () => {
	let folder: string;
	let server: TemporalServer;
	let platform: Platform;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'mobile-token-outage-'));
		server = await startTemporal(parts.temporal ?? '', keepingIn(join(folder, 'temporal.db')));
		const database = parts.postgres ? postgresDatabase : pgliteDatabase;
		platform = await startPlatform({ database, temporal: server.address });
	});
	afterAll(async () => {
		await platform?.stop();
		await server?.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	async function people(n: number, until: (person: Person) => Promise<unknown> = async () => {}): Promise<Person[]> {
		const made = Array.from({ length: n }, () => new Person(platform));
		for (const person of made) await until(person);
		return made;
	}

	/** How long an act takes, in milliseconds; its status must be the one expected. */
	async function timed(status: number, act: Promise<{ status: number }>): Promise<number> {
		const started = performance.now();
		expect((await act).status).toBe(status);
		return performance.now() - started;
	}

	/** Every kind of act and read that a person may wait for. Gives how long the slowest took. */
	async function actAll(newcomers: Person[], atPhone: Person[]): Promise<number> {
		const took: number[] = [];
		for (const person of newcomers) {
			const started = performance.now();
			await person.registers();
			took.push(performance.now() - started);
		}
		for (const person of atPhone) {
			took.push(await timed(200, person.user('GET', '/v1/onboarding')));
			took.push(await timed(202, person.givesPhone()));
			took.push(await timed(200, person.agent('GET', `/v1/accounts/${person.id}/messages`)));
		}
		const [first] = newcomers;
		took.push(await timed(202, (first as Person).agent('POST', `/v1/accounts/${first?.id}/temporary-password`, {})));
		took.push(await timed(200, (first as Person).agent('GET', '/v1/accounts?step=change-password')));
		return Math.max(...took);
	}

	async function expectQueued(newcomers: Person[], atPhone: Person[]): Promise<void> {
		for (const person of newcomers) {
			expect(await messageOf(person, 'temporary-password')).toMatchObject({ state: 'queued', reason: null });
		}
		for (const person of atPhone) {
			expect(await messageOf(person, 'passcode')).toMatchObject({ state: 'queued', reason: null });
		}
	}

	/** Everybody has their mail or SMS, once. Gives how long after `since` the last one came. */
	async function everythingOut(newcomers: Person[], atPhone: Person[], since: number): Promise<number> {
		const has = (person: Person, channel: 'email' | 'sms') =>
			eventually(async () => (await person.messages(channel)).length > 0, OWED_WITHIN_MS + 5_000, `the ${channel}`);
		await Promise.all(newcomers.map((person) => has(person, 'email')));
		await Promise.all(atPhone.map((person) => has(person, 'sms')));
		const ms = Math.round(performance.now() - since);
		for (const person of newcomers) expect(await person.messages('email')).toHaveLength(1);
		for (const person of atPhone) expect(await person.messages('sms')).toHaveLength(1);
		return ms;
	}

	/** `go` takes it away, for so long at least; `back` brings it back. What was done meanwhile must then leave in time. */
	async function outage(name: string, go: () => unknown, awayMs: number, back: () => unknown): Promise<void> {
		const [newcomers, atPhone] = [await people(5), await people(2, (person) => person.untilPhone())];
		await go();
		const goneAt = performance.now();
		let slowest: number;
		try {
			slowest = await actAll(newcomers, atPhone);
			await pause(Math.max(0, awayMs - (performance.now() - goneAt)));
			await expectQueued(newcomers, atPhone);
			expect(await ask(platform.url, 'GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
		} finally {
			await back();
		}
		const ms = await everythingOut(newcomers, atPhone, performance.now());
		console.log(`${name}: slowest act ${Math.round(slowest)} ms; everything owed out ${ms} ms after it was back`);
		expect(slowest).toBeLessThan(ACT_WITHIN_MS);
		expect(ms).toBeLessThan(OWED_WITHIN_MS);
		for (const person of atPhone) {
			expect(await person.verifies(await person.readsPasscode())).toMatchObject({ body: { step: 'complete' } });
		}
	}

	test('it is stopped: acts go on, messages wait, and leave when it is back', async () => {
		await outage(
			'Temporal stopped',
			() => server.down(),
			15_000,
			() => server.up(),
		);
	});

	test('it hangs: acts wait for it no more than if it were gone', async () => {
		await outage('Temporal hanging', server.freeze, 15_000, server.thaw);
	});

	test('the workers are stopped: acts go on, messages wait, and leave when they are back', async () => {
		await outage('workers stopped', platform.stopWorkers, 15_000, platform.startWorkers);
	});

	test('its database is lost: every run that is owed something is started anew', async () => {
		const [bea] = await people(1, (person) => person.untilPhone());
		await outage(
			'Temporal database lost',
			() => server.down(),
			5_000,
			async () => {
				for (const file of ['', '-wal', '-shm']) rmSync(join(folder, `temporal.db${file}`), { force: true });
				await server.up();
			},
		);
		// Nothing was owed to her, so the sweep started no run; her next act starts one.
		expect((await bea?.givesPhone())?.status).toBe(202);
		expect(await bea?.verifies(await bea.readsPasscode())).toMatchObject({ body: { step: 'complete' } });
	});

	test('a deadline holds to the millisecond while no workflow watches it', async () => {
		const ana = new Person(platform);
		const { id } = await ana.registers();
		const temporaryPassword = await ana.readsTemporaryPassword();
		const at = async () => (await ana.agent<Account>('GET', `/v1/accounts/${id}`)).body.temporaryPassword.expiresAt;
		await eventually(async () => (await messageOf(ana, 'temporary-password'))?.state === 'sent');
		const expiresAt = await at();
		const signInAt = (now: Instant) =>
			signIn(
				{ ...platform.api, clock: { now: () => now } },
				{ token: undefined, source: '127.0.0.1' },
				{ email: ana.email, password: temporaryPassword },
			);
		await platform.stopWorkers();
		await server.down();
		try {
			expect(await signInAt(after(expiresAt, -1))).toMatchObject({ assurance: 'temporary-password' });
			expect(await signInAt(expiresAt)).toMatchObject({ refusal: 'temporary-password-expired' });
		} finally {
			await server.up();
			await platform.startWorkers();
		}
	});

	test('a run that operations terminated is started anew for what it owed', async () => {
		await platform.inbox.smtp.stop();
		const ana = new Person(platform);
		try {
			await ana.registers();
			const run = platform.temporal.client.workflow.getHandle(onboardingWorkflowId(ana.id));
			await eventually(async () => (await wakeOf(ana)).missed === false, 15_000, 'the look of the first run');
			await run.terminate('as operations may');
		} finally {
			await platform.inbox.smtp.start();
		}
		// A minute after the next thing owed the workflow should have looked. Here that minute has passed.
		const { wakeBy } = await wakeOf(ana);
		expect(Date.parse(wakeBy ?? '') - Date.now()).toBeLessThan(61_000);
		await platform.db
			.updateTable('accounts')
			.set({ wakeBy: platform.api.clock.now() })
			.where('id', '=', ana.id)
			.execute();
		const since = performance.now();
		const ms = await everythingOut([ana], [], since);
		console.log(`run terminated: its mail was out ${ms} ms after the workflow should have looked`);
		expect(ms).toBeLessThan(OWED_WITHIN_MS);
	});

	/** `missed`: the account's workflow has not looked since the act. */
	async function wakeOf(person: Person) {
		const { wakeBy } = await platform.db
			.selectFrom('accounts')
			.select('wakeBy')
			.where('id', '=', person.id)
			.executeTakeFirstOrThrow();
		return { wakeBy, missed: wakeBy === null || Date.parse(wakeBy) - Date.now() < 20_000 };
	}
});
