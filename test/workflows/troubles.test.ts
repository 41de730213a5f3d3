import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OVERDUE_SIGNAL } from '../../domain/event.js';
import { SECOND_MS } from '../../domain/time.js';
import { parts } from '../setup/services.js';
import { eventually } from './eventually.js';
import { FakePlatform } from './fake-platform.js';
import { Onboardings } from './onboardings.js';
import { realServer } from './servers.js';

describe.skipIf(!parts.temporal)('when something fails', () => {
	let env: TestWorkflowEnvironment;
	let onboardings: Onboardings;
	let platform: FakePlatform;

	beforeAll(async () => {
		env = await realServer();
	});

	afterAll(async () => {
		await env?.teardown();
	});

	beforeEach(async () => {
		platform = new FakePlatform();
		onboardings = new Onboardings(env, platform);
		await onboardings.startWorkers();
	});

	afterEach(async () => {
		await onboardings.stop();
	});

	const untilStep = (accountId: string, step: string) =>
		eventually(() => onboardings.standing(accountId)).toMatchObject({ step });

	test('an SMS that failed is shown until another one leaves', async () => {
		platform.world = ({ channel }) => (channel === 'sms' ? 'failed' : 'sent');
		const accountId = await onboardings.registerUpTo('verify-phone');
		await untilStep(accountId, 'verify-phone');
		await platform.issuePasscode(accountId);
		await onboardings.tell(accountId, 'passcodeIssued');
		const failed = { step: 'verify-phone', attention: 'sms-failed', passcode: { delivery: 'failed' } };
		await eventually(() => onboardings.standing(accountId)).toMatchObject(failed);
		expect(await onboardings.attributes(accountId)).toMatchObject({ OnboardingAttention: 'sms-failed' });
		platform.world = () => 'sent';
		await platform.issuePasscode(accountId);
		await onboardings.tell(accountId, 'passcodeIssued');
		const sent = { attention: null, passcode: { number: 2, delivery: 'sent' } };
		await eventually(() => onboardings.standing(accountId)).toMatchObject(sent);
		expect(await onboardings.attributes(accountId)).toEqual({ OnboardingStep: 'verify-phone' });
	});

	test('a freeze shows at once, keeps the step and stops no mail; an unfreeze ends it', async () => {
		const accountId = await onboardings.registerUpTo('verify-phone');
		await untilStep(accountId, 'verify-phone');
		platform.account(accountId).facts.frozenAt = new Date().toISOString();
		await platform.notify(accountId, 'account-frozen');
		await onboardings.tell(accountId, 'accountFrozen');
		const frozen = { step: 'verify-phone', attention: 'frozen', messages: { sent: 2 } };
		await eventually(() => onboardings.standing(accountId)).toMatchObject(frozen);
		expect(await onboardings.attributes(accountId)).toMatchObject({ OnboardingAttention: 'frozen' });
		expect(await onboardings.details(accountId)).toContain('frozen by Customer Success');
		platform.account(accountId).facts.frozenAt = null;
		await onboardings.tell(accountId, 'accountUnfrozen');
		await eventually(() => onboardings.standing(accountId)).toMatchObject({ step: 'verify-phone', attention: null });
	});

	test('a delivery that fails for good is tried once, and the workflow goes on', async () => {
		platform.world = () => {
			throw ApplicationFailure.nonRetryable('a defect', 'Defect');
		};
		const accountId = await onboardings.register();
		await pause(3 * SECOND_MS);
		expect(platform.attempts.filter(({ activity }) => activity === 'deliverEmail')).toHaveLength(1);
		await platform.changePassword(accountId);
		await onboardings.tell(accountId, 'passwordChanged');
		await untilStep(accountId, 'confirm-authenticator');
	});

	test('a database that is away costs the workflow neither its life nor a task a second', async () => {
		let up = false;
		platform.database = () => {
			if (!up) throw new Error('connection refused');
		};
		const accountId = await onboardings.register();
		await pause(5 * SECOND_MS);
		const { WORKFLOW_TASK_FAILED, WORKFLOW_TASK_COMPLETED = 0 } = await onboardings.eventCounts(accountId);
		expect(WORKFLOW_TASK_FAILED).toBeUndefined();
		expect(WORKFLOW_TASK_COMPLETED).toBeLessThanOrEqual(3);
		up = true;
		await eventually(() => platform.messages(accountId)).toMatchObject([{ state: 'sent' }]);
	});

	test('a signal that comes while a slow database has read, but not answered, is heard', async () => {
		const accountId = await onboardings.register();
		await untilStep(accountId, 'change-password');
		let read = false;
		// Longer than a workflow task waits before it lets signals in, shorter than an answer may take.
		platform.answering = async () => {
			read = true;
			platform.answering = () => {};
			await pause(4.6 * SECOND_MS);
		};
		await onboardings.tell(accountId, 'signedIn');
		await eventually(() => read).toBe(true);
		await platform.changePassword(accountId);
		await onboardings.tell(accountId, 'passwordChanged');
		await untilStep(accountId, 'confirm-authenticator');
	});

	test('a temporary password that expired while no worker ran is noted when one is back', async () => {
		await onboardings.stop();
		platform = new FakePlatform(undefined, 2 * SECOND_MS);
		onboardings = new Onboardings(env, platform);
		await onboardings.startWorkers();
		const accountId = await onboardings.register();
		await untilStep(accountId, 'change-password');
		await onboardings.stopWorkers();
		await pause(3 * SECOND_MS);
		expect(platform.story(accountId)).toEqual([]);
		await onboardings.startWorkers();
		await eventually(() => platform.story(accountId)).toEqual(['temporaryPasswordExpired']);
		await untilStep(accountId, 'temporary-password-expired');
	});

	test('a run that was canceled ends, and the next signal starts another', async () => {
		platform.world = () => {
			throw ApplicationFailure.retryable('not now', 'Retry');
		};
		const accountId = await onboardings.register();
		await eventually(() => platform.attempts.length).toBeGreaterThan(1);
		await onboardings.handle(accountId).cancel();
		await expect(onboardings.result(accountId)).rejects.toThrow('Workflow execution cancelled');
		platform.world = () => 'sent';
		await onboardings.tell(accountId, OVERDUE_SIGNAL);
		await eventually(() => platform.messages(accountId)).toMatchObject([{ state: 'sent' }]);
	});

	test('a run for an account that does not exist fails at once', async () => {
		const accountId = randomUUID();
		platform.database = () => {
			throw ApplicationFailure.nonRetryable('There is no such account.', 'AccountMissing');
		};
		await onboardings.tell(accountId, OVERDUE_SIGNAL);
		await expect(onboardings.result(accountId)).rejects.toThrow();
	});
});
