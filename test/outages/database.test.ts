import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventView } from '../../acts/views.js';
import { isOutage } from '../../api/http/errors.js';
import { ENDPOINTS } from '../../api/routes/index.js';
import { connect } from '../../database/connect.js';
import { migrate } from '../../database/migrate.js';
import { ask, eventually, PASSWORD, Person } from '../journeys/person.js';
import { AGENT_KEY, type Platform, startPlatform } from '../journeys/platform.js';
import { type PostgresCluster, query, startPostgres } from '../setup/postgres-cluster.js';
import { parts } from '../setup/services.js';

/** Design, section 3: "503 with `Retry-After` within 3 s". */
const ANSWER_WITHIN_MS = 3_000;

/** As after any other outage. */
const OWED_WITHIN_MS = 30_000;

const BODIES: Record<string, object> = {
	register: { email: 'nobody@example.com' },
	correctAccount: { email: 'somebody@example.com' },
	reissueTemporaryPassword: {},
	eraseAccount: {},
	unlockAccount: {},
	freezeAccount: {},
	unfreezeAccount: {},
	endSessions: {},
	signIn: { email: 'nobody@example.com', password: PASSWORD },
	verifyTotp: { code: '123456' },
	setPassword: { password: PASSWORD },
	confirmAuthenticator: { code: '123456' },
	putPhone: { number: '+351912345678' },
	issuePasscode: {},
	setLocale: { locale: 'pt' },
	verifyPhone: { code: '123456' },
};

describe.skipIf(!parts.postgres || !parts.temporal)('while the database is away', () => {
	let cluster: PostgresCluster;
	let platform: Platform;
	let ana: Person;
	/** Whom the requests are about that must not be done, and may be: one that hung is done when the database goes on. */
	let victim: Person;

	beforeAll(async () => {
		cluster = await startPostgres(parts.postgres ?? '');
		const db = connect({ url: cluster.url, connections: 1, unhurried: true });
		await migrate(db);
		await db.destroy();
		platform = await startPlatform({
			database: async () => ({ url: cluster.url, connections: 10, keepStatements: false, stop: async () => {} }),
		});
		ana = new Person(platform);
		await ana.untilPhone();
		victim = new Person(platform);
		await victim.untilPhone();
	});
	afterAll(async () => {
		await platform?.stop();
		await cluster?.stop();
	});

	/** One request of every kind of the contract, at once: more than there are connections. */
	function askEverything() {
		return Promise.all(
			ENDPOINTS.map(async ({ id, method, path, who }) => {
				const token = who === 'agent' ? AGENT_KEY : who === 'anyone' ? undefined : victim.token;
				const started = performance.now();
				const { status, body, headers } = await ask<{ code?: string }>(
					platform.url,
					method.toUpperCase(),
					path.replace('{accountId}', victim.id),
					{ token, body: BODIES[id], headers: { 'Idempotency-Key': randomUUID() } },
				);
				const ms = performance.now() - started;
				return { id, status, code: body?.code, retryAfter: headers.get('retry-after'), ms };
			}),
		);
	}

	async function expectEverythingUnavailable(how: string) {
		const answers = await askEverything();
		const slowest = Math.max(...answers.map(({ ms }) => ms));
		console.log(`database ${how}: the slowest of ${answers.length} answers took ${Math.round(slowest)} ms`);
		for (const { id, status, code, retryAfter } of answers) {
			expect({ id, status, code, retryAfter }).toEqual({ id, status: 503, code: 'unavailable', retryAfter: '2' });
		}
		expect(slowest).toBeLessThan(ANSWER_WITHIN_MS);
	}

	async function expectBack() {
		await eventually(async () => (await ana.user('GET', '/v1/session')).status === 200, 20_000, 'an answer');
		const ready = await ask<{ status: string }>(platform.url, 'GET', '/readyz');
		expect(ready).toMatchObject({ status: 200, body: { status: 'ready' } });
	}

	test('every request is answered 503 with Retry-After in time when it refuses', async () => {
		await cluster.down();
		try {
			await expectEverythingUnavailable('down');
			await expectEverythingUnavailable('still down');
			expect(await ask(platform.url, 'GET', '/readyz')).toMatchObject({ status: 503 });
			expect(await ask(platform.url, 'GET', '/healthz')).toMatchObject({ status: 200 });
		} finally {
			await cluster.up();
		}
		await expectBack();
	});

	test('every request is answered 503 with Retry-After in time when it hangs', async () => {
		// Connections that were open before are the ones that hang.
		await Promise.all(Array.from({ length: 20 }, () => ana.user('GET', '/v1/session')));
		cluster.freeze();
		try {
			await expectEverythingUnavailable('hanging');
			await expectEverythingUnavailable('still hanging');
			expect(await ask(platform.url, 'GET', '/readyz')).toMatchObject({ status: 503 });
		} finally {
			cluster.thaw();
		}
		await expectBack();
	});

	test.each([
		['stops', () => cluster.down(), () => cluster.up()],
		['hangs', async () => cluster.freeze(), async () => cluster.thaw()],
	])('nothing is half done when it %s in the middle of acts, and the repeat does it once', async (how, go, back) => {
		const people = Array.from({ length: 12 }, () => ({ person: new Person(platform), key: randomUUID() }));
		const register = ({ person: { email }, key }: (typeof people)[0]) =>
			ask<{ id: string }>(platform.url, 'POST', '/v1/accounts', {
				token: AGENT_KEY,
				body: { email, name: 'Ana Prado' },
				headers: { 'Idempotency-Key': key },
			});
		const asked = people.map(register);
		// One is through, so the others are on their way.
		await Promise.race(asked);
		await go();
		const answers = await Promise.all(asked);
		for (const { status } of answers) expect([201, 503]).toContain(status);
		await back();
		const backAt = performance.now();
		await eventually(async () => (await ana.user('GET', '/v1/session')).status === 200, 20_000, 'an answer');
		for (const [index, one] of people.entries()) {
			const again = await register(one);
			expect(again.status).toBe(201);
			if (answers[index]?.status === 201) expect(again.body.id).toBe(answers[index].body.id);
			one.person.id = again.body.id;
			const { body } = await one.person.agent<{ items: EventView[] }>('GET', `/v1/accounts/${again.body.id}/events`);
			expect(body.items.filter(({ name }) => name === 'registered')).toHaveLength(1);
		}
		await Promise.all(people.map(({ person }) => hasMail(person)));
		console.log(
			`database ${how}: the last mail was out ${Math.round(performance.now() - backAt)} ms after it was back`,
		);
		expect(await openTransactions()).toEqual([]);
	});

	test('an account goes on from where it stood, and its workflow with it', async () => {
		expect((await ana.givesPhone()).status).toBe(202);
		expect(await ana.verifies(await ana.readsPasscode())).toMatchObject({ status: 200, body: { step: 'complete' } });
	});

	/** An act whose answer was lost sent no signal: the sweep does, within ten or twenty seconds. */
	function hasMail(person: Person) {
		return eventually(async () => (await person.messages('email')).length > 0, OWED_WITHIN_MS, 'the mail');
	}

	/** Our database sessions that were left in the middle of a transaction. */
	async function openTransactions() {
		const idle = `select query from pg_stat_activity where state like 'idle in transaction%'
			and state_change < now() - interval '1 second'`;
		return query(cluster.url, idle);
	}
});

describe.skipIf(!parts.postgres)('a connection on which the database answers too late', () => {
	let cluster: PostgresCluster;
	beforeAll(async () => {
		cluster = await startPostgres(parts.postgres ?? '');
		await query(cluster.url, 'create table written (n int)');
	});
	afterAll(() => cluster?.stop());

	/** The one connection of a pool, used by one act after the other. */
	async function withOneConnection(work: (db: ReturnType<typeof connect>) => Promise<void>) {
		const db = connect({ url: cluster.url, connections: 1 });
		try {
			await work(db);
		} finally {
			await db.destroy();
		}
	}

	test('is never used again: its half-done act is undone, not committed by the next act', async () => {
		await withOneConnection(async (db) => {
			await query(cluster.url, 'create table if not exists contended (n int)');
			const blocker = connect({ url: cluster.url, connections: 1, unhurried: true });
			let unblock = () => {};
			const blocking = blocker.transaction().execute(async (tx) => {
				await sql`lock table contended in access exclusive mode`.execute(tx);
				await new Promise<void>((done) => {
					unblock = done;
				});
			});
			await eventually(async () => {
				const locks = `select 1 from pg_locks where relation = 'contended'::regclass`;
				return (await query(cluster.url, locks)).length > 0;
			});
			const started = performance.now();
			const act = db.transaction().execute(async (tx) => {
				await sql`insert into written values (1)`.execute(tx);
				await sql`insert into contended values (1)`.execute(tx);
			});
			await expect(act).rejects.toSatisfy(isOutage);
			expect(performance.now() - started).toBeLessThan(ANSWER_WITHIN_MS);
			unblock();
			await blocking;
			await blocker.destroy();
			await db.transaction().execute((tx) => sql`insert into written values (2)`.execute(tx));
		});
		expect(await query(cluster.url, 'select n from written order by n')).toEqual([{ n: 2 }]);
		expect(await query(cluster.url, 'select n from contended')).toEqual([]);
	});

	test('fails its act, not the process, when it breaks between two statements', async () => {
		await withOneConnection(async (db) => {
			const act = db.transaction().execute(async (tx) => {
				const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
				await query(cluster.url, `select pg_terminate_backend(${rows[0]?.pid})`);
				await new Promise((done) => setTimeout(done, 200));
				await sql`insert into written values (3)`.execute(tx);
			});
			await expect(act).rejects.toThrow();
			expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
		});
		expect(await query(cluster.url, 'select n from written where n = 3')).toEqual([]);
	});

	test('may take its time in a migration, for which no user waits', async () => {
		const db = connect({ url: cluster.url, connections: 1, unhurried: true });
		expect((await sql`select pg_sleep(3.5)`.execute(db)).rows).toHaveLength(1);
		await db.destroy();
	});
});
