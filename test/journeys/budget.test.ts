import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onboardingWorkflowId } from '../../workflows/messages.js';
import { pgliteDatabase } from '../setup/databases.js';
import { eventually, Person } from './person.js';
import { type Platform, startPlatform } from './platform.js';

/** What a whole onboarding may leave in Temporal's database. */
const EVENTS_MAX = 58;
const BYTES_MAX = 10 * 1024;

let platform: Platform;
beforeAll(async () => {
	platform = await startPlatform({ database: pgliteDatabase });
});
afterAll(() => platform.stop());

test('a happy path, acts 200 ms apart, is one run within its budget of events and bytes', async () => {
	const ana = new Person(platform);
	await ana.registers();
	await pause(200);
	await ana.signsIn(await ana.readsTemporaryPassword());
	await ana.changesPassword();
	await pause(200);
	await ana.scans();
	await ana.confirms();
	await pause(200);
	await ana.givesPhone();
	await pause(200);
	expect(await ana.verifies(await ana.readsPasscode())).toMatchObject({ status: 200 });
	const run = platform.temporal.client.workflow.getHandle(onboardingWorkflowId(ana.id));
	await run.result();
	const described = await run.describe();
	console.log(`happy path: ${described.historyLength} events, ${described.historySize} bytes`);
	expect(described.historyLength).toBeLessThanOrEqual(EVENTS_MAX);
	const size = await eventually(async () => (await run.describe()).historySize);
	expect(size).toBeLessThanOrEqual(BYTES_MAX);
	const runs = [];
	for await (const each of platform.temporal.client.workflow.list({ query: `WorkflowId = '${run.workflowId}'` }))
		runs.push(each);
	expect(runs).toHaveLength(1);
});
