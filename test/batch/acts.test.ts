import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBatches } from '../../activities/batches.js';
import { listEvents, listMessages } from '../../acts/accounts/accounts.js';
import { addAgent, removeAgent } from '../../acts/accounts/agents.js';
import { eraseAccount } from '../../acts/accounts/registration.js';
import {
	checkBatch,
	getBatch,
	listBatches,
	listStoppedRows,
	listTakenRows,
	startBatch,
} from '../../acts/batches/batches.js';
import { removeExpired } from '../../database/expired.js';
import { MINUTE_MS } from '../../domain/time.js';
import { sweep } from '../../temporal/sweep.js';
import { type Acts, agent, ok, openActs, refused, registered, someEmail } from '../acts/acts.js';
import { boundOf, timed } from '../setup/busy.js';
import { DATABASES } from '../setup/databases.js';

describe.each(DATABASES)('batches on $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	let acts: Acts;
	beforeEach(async () => {
		acts = await openActs(open);
	});
	afterEach(() => acts.stop());

	const people = (count: number) => Array.from({ length: count }, () => ({ email: someEmail() }));
	const countAccounts = async () => (await acts.db.selectFrom('accounts').select('id').execute()).length;
	const activity = () => createBatches(acts.api);

	test('checking stores and sends nothing, and says which e-mails have an account', async () => {
		const known = await registered(acts);
		const checked = ok(await checkBatch(acts.api, `${known.email}\nnew@example.com,New\nbad@`));
		expect(checked.rows.map(({ account, problems }) => [account?.id, problems])).toEqual([
			[known.id, []],
			[undefined, []],
			[undefined, ['email-invalid']],
		]);
		expect(checked.people).toEqual([{ email: 'new@example.com', name: 'New' }]);
		expect(await countAccounts()).toBe(1);
		expect(await listBatches(acts.api)).toEqual([]);
	});

	test('so many rows at a time, each with its mail and its event, in the name of the agent', async () => {
		const batch = ok(await startBatch(acts.api, agent, { people: people(3), rowsPerSecond: 2, reason: 'new branch' }));
		expect(batch.rows).toEqual({ all: 3, waiting: 3, registered: 0, taken: 0, stopped: 0 });
		const first = await activity().registerRows({ batchId: batch.id, limit: 2 });
		expect(first).toMatchObject({ waiting: 1, rowCount: 3, rowsPerSecond: 2 });
		expect(first.accountIds).toHaveLength(2);
		const accountId = first.accountIds[0] ?? '';
		expect(ok(await listMessages(acts.api, { accountId })).items).toMatchObject([
			{ template: 'temporary-password', state: 'queued' },
		]);
		expect(ok(await listEvents(acts.api, { accountId })).items).toMatchObject([
			{ name: 'registered', actor: agent.agent, reason: 'new branch', source: agent.source },
		]);
		await activity().registerRows({ batchId: batch.id, limit: 2 });
		const done = ok(await getBatch(acts.api, { batchId: batch.id }));
		expect(done.rows).toEqual({ all: 3, waiting: 0, registered: 3, taken: 0, stopped: 0 });
		expect(done.finishedAt).toBe(acts.clock.now());
		expect((await activity().registerRows({ batchId: batch.id, limit: 2 })).accountIds).toEqual([]);
		expect(await countAccounts()).toBe(3);
	});

	test('two attempts at once, as when one only seemed to have ended, register each person once', async () => {
		const batch = ok(await startBatch(acts.api, agent, { people: people(12) }));
		const attempts = await Promise.all([1, 2, 3].map(() => activity().registerRows({ batchId: batch.id, limit: 12 })));
		const ids = attempts.flatMap(({ accountIds }) => accountIds);
		expect(new Set(ids).size).toBe(ids.length);
		await activity().registerRows({ batchId: batch.id, limit: 12 });
		expect(await countAccounts()).toBe(12);
		expect(await acts.db.selectFrom('messages').select('id').execute()).toHaveLength(12);
	});

	test('killed after the account was written and before its row ended, nothing happened', async () => {
		const batch = ok(await startBatch(acts.api, agent, { people: people(1) }));
		// The row's own end is the last statement: here it fails, as a dying process or database would have it.
		await sql`alter table batch_rows add constraint dying check (done_at is null)`.execute(acts.db);
		await expect(activity().registerRows({ batchId: batch.id, limit: 1 })).rejects.toThrow();
		await sql`alter table batch_rows drop constraint dying`.execute(acts.db);
		expect(await countAccounts()).toBe(0);
		expect((await activity().registerRows({ batchId: batch.id, limit: 1 })).accountIds).toHaveLength(1);
		expect(await acts.db.selectFrom('messages').select('id').execute()).toHaveLength(1);
	});

	test('the same list again reports each person as registered, and sends no mail', async () => {
		const list = people(2);
		const first = ok(await startBatch(acts.api, agent, { people: list }));
		await activity().registerRows({ batchId: first.id, limit: 5 });
		const again = ok(await startBatch(acts.api, agent, { people: list }));
		const result = await activity().registerRows({ batchId: again.id, limit: 5 });
		expect(result).toMatchObject({ accountIds: [], waiting: 0 });
		expect(ok(await getBatch(acts.api, { batchId: again.id })).rows).toMatchObject({ taken: 2, registered: 0 });
		expect((await listTakenRows(acts.api, { batchId: again.id })).map(({ email }) => email)).toEqual(
			list.map(({ email }) => email),
		);
		expect(await acts.db.selectFrom('messages').select('id').execute()).toHaveLength(2);
	});

	test('a double click is one batch', async () => {
		const call = { ...agent, idempotency: { key: 'k1', request: 'the form' } };
		const asked = { people: people(2) };
		const [one, two] = await Promise.all([startBatch(acts.api, call, asked), startBatch(acts.api, call, asked)]);
		expect(ok(one).id).toBe(ok(two).id);
		expect(await listBatches(acts.api)).toHaveLength(1);
	});

	test('a batch whose start got lost is started by the sweep, one that is done never again', async () => {
		const started = vi.spyOn(acts.api.signals, 'startBatch').mockRejectedValueOnce(new Error('away'));
		const batch = ok(await startBatch(acts.api, agent, { people: people(1) }));
		acts.clock.pass(MINUTE_MS);
		expect(await sweep(acts.api)).toBe(1);
		expect(started).toHaveBeenLastCalledWith(batch.id);
		expect(await sweep(acts.api)).toBe(0);
		await activity().registerRows({ batchId: batch.id, limit: 1 });
		started.mockClear();
		acts.clock.pass(10 * MINUTE_MS);
		await sweep(acts.api);
		expect(started).not.toHaveBeenCalled();
	});

	test('an erased person is gone from the batch too', async () => {
		const [person] = people(1);
		const batch = ok(await startBatch(acts.api, agent, { people: [person ?? { email: '' }] }));
		const { accountIds } = await activity().registerRows({ batchId: batch.id, limit: 1 });
		ok(await eraseAccount(acts.api, agent, { accountId: accountIds[0] ?? '' }));
		const rows = await acts.db.selectFrom('batchRows').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain(person?.email);
	});

	test('a person who is erased while the row waits is not registered again', async () => {
		const { id, email } = await registered(acts);
		const batch = ok(await startBatch(acts.api, agent, { people: [{ email, name: 'Ana' }, ...people(1)] }));
		ok(await eraseAccount(acts.api, agent, { accountId: id }));
		const { accountIds } = await activity().registerRows({ batchId: batch.id, limit: 5 });
		expect(accountIds).toHaveLength(1);
		expect(JSON.stringify(await acts.db.selectFrom('batchRows').selectAll().execute())).not.toContain(email);
		expect(ok(await getBatch(acts.api, { batchId: batch.id })).rows).toMatchObject({
			registered: 1,
			taken: 1,
			waiting: 0,
		});
	});

	test('a batch of a removed agent stops: no further row registers, and it tells whom it has not registered', async () => {
		const email = someEmail();
		const { id } = ok(await addAgent(acts.api, agent, { email }));
		const list = people(4);
		const call = { ...agent, agent: `agent:${id}` };
		const batch = ok(await startBatch(acts.api, call, { people: list }));
		const other = ok(await startBatch(acts.api, agent, { people: people(1) }));
		await activity().registerRows({ batchId: batch.id, limit: 1 });
		const [, removed] = await Promise.all([
			activity().registerRows({ batchId: batch.id, limit: 1 }),
			removeAgent(acts.api, agent, { email }),
		]);
		expect(removed).toBeNull();
		const before = await countAccounts();
		const result = await activity().registerRows({ batchId: batch.id, limit: 4 });
		expect(await countAccounts()).toBe(before);
		const { rows, stoppedAt, finishedAt } = ok(await getBatch(acts.api, { batchId: batch.id }));
		expect(result).toMatchObject({ accountIds: [], waiting: 0, stopped: rows.stopped });
		expect(rows.registered + rows.stopped).toBe(4);
		expect([stoppedAt, finishedAt]).toEqual([acts.clock.now(), acts.clock.now()]);
		expect((await listStoppedRows(acts.api, { batchId: batch.id })).map((row) => row.email)).toEqual(
			list.slice(rows.registered).map((person) => person.email),
		);
		expect(ok(await getBatch(acts.api, { batchId: other.id }))).toMatchObject({
			stoppedAt: null,
			rows: { waiting: 1 },
		});
	});

	test('a stopped batch is not started again, and forgets a person who is erased, and all after the retention', async () => {
		const email = someEmail();
		const { id } = ok(await addAgent(acts.api, agent, { email }));
		const [one, two] = people(2) as [{ email: string }, { email: string }];
		const batch = ok(await startBatch(acts.api, { ...agent, agent: `agent:${id}` }, { people: [one, two] }));
		ok(await removeAgent(acts.api, agent, { email }));
		acts.clock.pass(10 * MINUTE_MS);
		const started = vi.spyOn(acts.api.signals, 'startBatch');
		await sweep(acts.api);
		expect(started).not.toHaveBeenCalled();
		const person = await registered(acts, one.email);
		ok(await eraseAccount(acts.api, agent, { accountId: person.id }));
		const rowsKept = async () => JSON.stringify(await acts.db.selectFrom('batchRows').selectAll().execute());
		expect(await rowsKept()).not.toContain(one.email);
		expect(await rowsKept()).toContain(two.email);
		acts.clock.pass(acts.api.policy.eventRetentionMs);
		await removeExpired(acts.db, acts.api.policy, acts.clock.now());
		expect(await rowsKept()).not.toContain(two.email);
		expect((await listStoppedRows(acts.api, { batchId: batch.id })).map((row) => row.email)).toEqual([null]);
	});

	test.each([0, 5_001])('a batch of %i is refused', async (count) => {
		const answer = await startBatch(acts.api, agent, { people: Array(count).fill({ email: 'a@example.com' }) });
		expect(refused(answer).refusal).toBe('invalid-request');
	});

	test('the longest list is kept within what an act may take', async () => {
		const list = Array.from({ length: 5_000 }, (_, n) => ({ email: `person${n}@example.com`, name: `Person ${n}` }));
		const small: number[] = [];
		for (let n = 0; n < 5; n += 1)
			small.push((await timed(() => startBatch(acts.api, agent, { people: people(100) }))).ms);
		const { ms, result } = await timed(() => startBatch(acts.api, agent, { people: list }));
		ok(result);
		expect(ms).toBeLessThan(boundOf({ ms: 2_500, times: 50, small }));
	});
});
