import { afterAll, beforeAll, expect, test } from 'vitest';
import { OVERDUE_SIGNAL } from '../../domain/event.js';
import { after, MINUTE_MS } from '../../domain/time.js';
import { sweep } from '../../temporal/sweep.js';
import { onboardingWorkflowId } from '../../workflows/messages.js';
import { pgliteDatabase } from '../setup/databases.js';
import { eventually, Person } from './person.js';
import { type Platform, startPlatform } from './platform.js';

let platform: Platform;
beforeAll(async () => {
	platform = await startPlatform({ database: pgliteDatabase });
});
afterAll(() => platform.stop());

/** Until every signal was heard and every message has left. */
async function settled(person: Person): Promise<void> {
	await platform.api.signals.settled();
	await eventually(async () => {
		const account = await platform.db
			.selectFrom('accounts')
			.select(['revision', 'seenRevision'])
			.where('id', '=', person.id)
			.executeTakeFirstOrThrow();
		const unsent = await platform.db
			.selectFrom('messages')
			.select('id')
			.where('accountId', '=', person.id)
			.where('state', 'in', ['queued', 'sending'])
			.execute();
		return account.revision === account.seenRevision && unsent.length === 0;
	});
}

/** The names of the signals that each run of the account has heard. */
async function runsOf(person: Person): Promise<string[][]> {
	const { workflow } = platform.temporal.client;
	const runs: string[][] = [];
	for await (const run of workflow.list({ query: `WorkflowId = '${onboardingWorkflowId(person.id)}'` })) {
		const { events } = await workflow.getHandle(run.workflowId, run.runId).fetchHistory();
		const signals = (events ?? []).map((event) => event.workflowExecutionSignaledEventAttributes?.signalName);
		runs.push(signals.filter((name) => typeof name === 'string'));
	}
	return runs;
}

test('two minutes after users finished or paused, each has the one run that its acts made', async () => {
	const people = { finished: new Person(platform), deferred: new Person(platform), paused: new Person(platform) };
	const idle = [new Person(platform), new Person(platform)] as const;
	await people.finished.onboards();
	await people.deferred.untilPhone();
	await people.deferred.defers();
	await people.paused.untilPhone();
	await people.paused.givesPhone();
	await idle[0].registers();
	await idle[1].registers();
	await idle[1].signsIn(await idle[1].readsTemporaryPassword());
	await idle[1].changesPassword();
	const everybody = [...Object.values(people), ...idle];
	for (const person of everybody) await settled(person);

	const now = () => after(platform.api.clock.now(), 2 * MINUTE_MS);
	expect(await sweep({ ...platform.api, clock: { now } })).toBe(0);
	for (const person of everybody) {
		const runs = await eventually(async () => {
			const found = await runsOf(person);
			return found.length > 0 && found;
		});
		expect(runs).toHaveLength(1);
		expect(runs.flat()).not.toContain(OVERDUE_SIGNAL);
	}
	const { status } = await platform.temporal.client.workflow
		.getHandle(onboardingWorkflowId(people.finished.id))
		.describe();
	expect(status.name).toBe('COMPLETED');
});
