import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from './eventually.js';
import { FakePlatform } from './fake-platform.js';
import { Onboardings } from './onboardings.js';
import { realServer } from './servers.js';

const BETWEEN_ACTS_MS = 200;
const EVENTS_MAX = 58;
const BYTES_MAX = 10_240;

let env: TestWorkflowEnvironment;
let onboardings: Onboardings;

beforeAll(async () => {
	env = await realServer();
	const platform = new FakePlatform();
	platform.tellsChanges = true;
	onboardings = new Onboardings(env, platform, pino({ level: 'silent' }), `budget-${randomInt(1_000)}`);
	await onboardings.startWorkers();
});

afterAll(async () => {
	await onboardings.stop();
	await env.teardown();
});

test('a happy path stays within its budget of history', async () => {
	const { platform } = onboardings;
	const accountId = await onboardings.register();
	await pause(BETWEEN_ACTS_MS);
	await platform.changePassword(accountId);
	await onboardings.tell(accountId, 'passwordChanged');
	await pause(BETWEEN_ACTS_MS);
	await platform.confirmAuthenticator(accountId);
	await onboardings.tell(accountId, 'authenticatorConfirmed');
	await pause(BETWEEN_ACTS_MS);
	await platform.issuePasscode(accountId);
	await onboardings.tell(accountId, 'passcodeIssued');
	await pause(BETWEEN_ACTS_MS);
	await platform.verifyPhone(accountId);
	await onboardings.tell(accountId, 'phoneVerified');
	await onboardings.result(accountId);

	const described = () => onboardings.handle(accountId).describe();
	// The size of a run that has just closed is known a moment later.
	await eventually(async () => (await described()).historySize).toBeGreaterThan(0);
	const { historyLength, historySize = Number.NaN } = await described();
	expect(platform.messages(accountId).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent']);
	expect(historyLength).toBeLessThanOrEqual(EVENTS_MAX);
	expect(historySize).toBeLessThanOrEqual(BYTES_MAX);
});
