import { setTimeout as sleep } from 'node:timers/promises';
import { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAgent, removeAgent } from '../../acts/accounts/agents.js';
import { getBatch, startBatch } from '../../acts/batches/batches.js';
import { sweep } from '../../temporal/sweep.js';
import { batchWorkflowId, onboardingWorkflowId } from '../../workflows/messages.js';
import { agent, ok, someEmail } from '../acts/acts.js';
import { type Platform, startPlatform } from '../journeys/platform.js';
import { DATABASES } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { startTemporal, type TemporalServer } from '../setup/temporal-server.js';
import { RECORD_HISTORIES, record } from '../workflows/recorded.js';

/** Events after which a run goes on as a new one: a few chunks here. */
const LONG = 40;
const PEOPLE = 14;

describe.skipIf(!parts.temporal).each(DATABASES)('a batch on Temporal and $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	let server: TemporalServer;
	let platform: Platform;
	beforeAll(async () => {
		const settings = ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${LONG}`];
		server = await startTemporal(parts.temporal ?? '', settings);
		platform = await startPlatform({ database: open, temporal: server.address });
	});
	afterAll(async () => {
		await platform?.stop();
		await server?.stop();
	});

	const people = (count: number) => Array.from({ length: count }, () => ({ email: someEmail(), name: 'Ana Prado' }));
	const run = (id: string) => platform.temporal.client.workflow.getHandle(batchWorkflowId(id));
	const accountsOf = async (batchId: string) =>
		platform.db.selectFrom('batchRows').select(['accountId', 'state']).where('batchId', '=', batchId).execute();
	async function recipients(): Promise<string[]> {
		const messages = (await (await fetch(`${platform.url}/inbox/messages`)).json()) as { to: string }[];
		return messages.map(({ to }) => to);
	}
	/** The start is signaled after the answer, so at first there may be no run to query. */
	async function result(batchId: string): Promise<unknown> {
		await until(async () => ok(await getBatch(platform.api, { batchId })).finishedAt !== null);
		return run(batchId).result();
	}
	async function until(condition: () => Promise<boolean>): Promise<void> {
		while (!(await condition())) await sleep(50);
	}

	if (RECORD_HISTORIES === 'batch') {
		test('recorded', async () => {
			const { id } = ok(await startBatch(platform.api, agent, { people: people(4), rowsPerSecond: 2 }));
			await result(id);
			record('batch', await run(id).fetchHistory());
		});
	}

	test('registers at its rate; every account has its own workflow and its mail; no person is in the history', async () => {
		const list = people(PEOPLE);
		const startedAt = performance.now();
		const { id } = ok(await startBatch(platform.api, agent, { people: list, rowsPerSecond: 5 }));
		expect(await result(id)).toEqual({ rows: PEOPLE });
		// 1, 5, 5, 3: three waits of a second.
		expect(performance.now() - startedAt).toBeGreaterThan(2_500);
		const rows = await accountsOf(id);
		for (const { accountId, state } of rows) {
			expect(state).toBe('registered');
			const onboarding = platform.temporal.client.workflow.getHandle(onboardingWorkflowId(accountId ?? ''));
			expect((await onboarding.describe()).status.name).toBe('RUNNING');
		}
		await until(async () => (await recipients()).length >= PEOPLE);
		expect(new Set(await recipients())).toEqual(new Set(list.map(({ email }) => email)));
		const history = JSON.stringify(await run(id).fetchHistory());
		for (const { email } of list) {
			expect(history).not.toContain(email);
			expect(history).not.toContain(Buffer.from(email).toString('base64').slice(0, 12));
		}
	});

	test('a long one goes on as a new run', async () => {
		const { id } = ok(await startBatch(platform.api, agent, { people: people(40), rowsPerSecond: 10 }));
		await result(id);
		const runs: string[] = [];
		for await (const run of platform.temporal.client.workflow.list({ query: `WorkflowId = "${batchWorkflowId(id)}"` }))
			runs.push(run.status.name);
		expect(runs).toContain('CONTINUED_AS_NEW');
		expect(ok(await getBatch(platform.api, { batchId: id })).rows).toMatchObject({ registered: 40, waiting: 0 });
	});

	test('workers stopped in the middle: the rest is registered once when they are back', async () => {
		const { id } = ok(await startBatch(platform.api, agent, { people: people(PEOPLE), rowsPerSecond: 5 }));
		await until(async () => (await accountsOf(id)).some(({ state }) => state === 'registered'));
		await platform.stopWorkers();
		expect(ok(await getBatch(platform.api, { batchId: id })).rows.waiting).toBeGreaterThan(0);
		await platform.startWorkers();
		await result(id);
		const ids = (await accountsOf(id)).map(({ accountId }) => accountId);
		expect(new Set(ids).size).toBe(PEOPLE);
	});

	test('a run that was terminated is started again by the sweep, and goes on where it was', async () => {
		const { id } = ok(await startBatch(platform.api, agent, { people: people(PEOPLE), rowsPerSecond: 5 }));
		await until(async () => (await accountsOf(id)).some(({ state }) => state === 'registered'));
		await run(id).terminate();
		// What the terminated run was still at may move `wakeBy` on once more.
		await until(async () => {
			const overdue = { wakeBy: platform.api.clock.now() };
			await platform.db
				.updateTable('batches')
				.set(overdue)
				.where('id', '=', id)
				.where('finishedAt', 'is', null)
				.execute();
			await sweep(platform.api);
			return (await run(id).describe()).status.name !== 'TERMINATED';
		});
		await until(async () => ok(await getBatch(platform.api, { batchId: id })).finishedAt !== null);
		const rows = await accountsOf(id);
		expect(rows.filter(({ state }) => state === 'registered')).toHaveLength(PEOPLE);
	});

	test('removing the agent who started it ends the run, which says how many rows are not registered', async () => {
		const email = someEmail();
		const account = ok(await addAgent(platform.api, agent, { email }));
		const call = { ...agent, agent: `agent:${account.id}` };
		const { id } = ok(await startBatch(platform.api, call, { people: people(PEOPLE), rowsPerSecond: 2 }));
		await until(async () => (await accountsOf(id)).some(({ state }) => state === 'registered'));
		ok(await removeAgent(platform.api, agent, { email }));
		const { rows } = ok(await getBatch(platform.api, { batchId: id }));
		expect(rows.stopped).toBeGreaterThan(0);
		expect(await run(id).result()).toEqual({ rows: PEOPLE, stopped: rows.stopped });
		expect((await accountsOf(id)).filter(({ state }) => state === 'registered')).toHaveLength(rows.registered);
	}, 60_000);

	test('the history reads well: what was done, at which rate', async () => {
		const { id } = ok(await startBatch(platform.api, agent, { people: people(2), rowsPerSecond: 5 }));
		await result(id);
		const { events } = await run(id).fetchHistory();
		const { EVENT_TYPE_TIMER_STARTED, EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED } =
			temporal.api.enums.v1.EventType;
		const types = (events ?? []).map(({ eventType }) => eventType);
		expect(types.filter((type) => type === EVENT_TYPE_TIMER_STARTED)).toHaveLength(1);
		expect(types.filter((type) => type === EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED)).toHaveLength(2);
	});
});
