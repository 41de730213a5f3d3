import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EVENTS, OVERDUE_SIGNAL } from '../../domain/event.js';
import { SECOND_MS } from '../../domain/time.js';
import { parts } from '../setup/services.js';
import { eventually } from './eventually.js';
import { FakePlatform } from './fake-platform.js';
import { Onboardings } from './onboardings.js';
import { realServer } from './servers.js';

describe.skipIf(!parts.temporal)('on a real server', () => {
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

	/** Lets an account that stands at `verify-phone` verify one. */
	async function verify(accountId: string): Promise<void> {
		await platform.issuePasscode(accountId);
		await onboardings.tell(accountId, 'passcodeIssued');
		await platform.verifyPhone(accountId);
		await onboardings.tell(accountId, 'phoneVerified');
	}

	test('operations see where an account stands, step by step', async () => {
		const accountId = await onboardings.register();
		await untilStep(accountId, 'change-password');
		const deadline = new Date(platform.account(accountId).facts.temporaryPasswordExpiresAt ?? 0);
		const { OnboardingDeadline: shown, ...rest } = await onboardings.attributes(accountId);
		expect(rest).toEqual({ OnboardingStep: 'change-password' });
		// The deadline moves on by what the delivery took; within 10 s that is not worth an event.
		expect(deadline.getTime() - (shown as Date).getTime()).toBeLessThan(10 * SECOND_MS);

		await platform.changePassword(accountId);
		await onboardings.tell(accountId, 'passwordChanged');
		await untilStep(accountId, 'confirm-authenticator');
		expect(await onboardings.attributes(accountId)).toEqual({ OnboardingStep: 'confirm-authenticator' });

		await platform.confirmAuthenticator(accountId);
		await onboardings.tell(accountId, 'authenticatorConfirmed');
		await untilStep(accountId, 'verify-phone');
		await verify(accountId);
		expect(await onboardings.result(accountId)).toEqual({ step: 'complete', completedAt: expect.any(String) });
		expect(await onboardings.attributes(accountId)).toEqual({ OnboardingStep: 'complete' });
	});

	test('Temporal UI shows what the query answers', async () => {
		const accountId = await onboardings.registerUpTo('verify-phone');
		await platform.issuePasscode(accountId);
		await onboardings.tell(accountId, 'passcodeIssued');
		await eventually(() => onboardings.standing(accountId)).toMatchObject({ passcode: { delivery: 'sent' } });
		const standing = await onboardings.standing(accountId);
		const details = await onboardings.details(accountId);
		expect(details).toContain('| step | **verify-phone**: the user must verify a phone, or defer it |');
		expect(details).toContain(`| since | ${standing?.since} |`);
		expect(details).toContain('| messages | 2 sent |');
		const { resendAvailableAt } = standing?.passcode ?? {};
		expect(details).toContain(`| passcode | no. 1 sent; another may be asked for from ${resendAvailableAt} |`);
		expect(details).not.toContain('attention');
	});

	test('a signal that is repeated, late, early, unknown or without an argument means "look", and no more', async () => {
		const accountId = await onboardings.register();
		await onboardings.tell(accountId, 'phoneVerified');
		await onboardings.tell(accountId, 'fromALaterVersion');
		await onboardings.handle(accountId).signal('passwordChanged');
		for (const name of [...EVENTS, OVERDUE_SIGNAL]) await onboardings.tell(accountId, name);
		await untilStep(accountId, 'change-password');
		await platform.changePassword(accountId);
		await platform.confirmAuthenticator(accountId);
		await onboardings.tell(accountId, 'authenticatorConfirmed');
		await onboardings.tell(accountId, 'passwordChanged');
		await untilStep(accountId, 'verify-phone');
		expect(platform.messages(accountId)).toMatchObject([{ state: 'sent' }]);
		expect(platform.attempts.filter(({ activity }) => activity === 'deliverEmail')).toHaveLength(1);
	});

	test('a late signal to a closed run leaves a tiny run, and the end stands', async () => {
		const accountId = await onboardings.registerUpTo('verify-phone');
		await verify(accountId);
		await onboardings.result(accountId);
		await onboardings.tell(accountId, 'passcodeIssued');
		expect(await onboardings.result(accountId)).toMatchObject({ step: 'complete' });
		const { historyLength } = await onboardings.handle(accountId).describe();
		expect(historyLength).toBeLessThanOrEqual(8);
		expect(platform.messages(accountId)).toHaveLength(2);
	});

	describe('a run that the sweep starts goes on from', () => {
		test('an account that ran through without Temporal', async () => {
			const accountId = await platform.register();
			await platform.changePassword(accountId);
			await platform.confirmAuthenticator(accountId);
			await platform.issuePasscode(accountId);
			await platform.verifyPhone(accountId);
			await onboardings.tell(accountId, OVERDUE_SIGNAL);
			expect(await onboardings.result(accountId)).toMatchObject({ step: 'complete' });
			expect(platform.messages(accountId).map(({ state }) => state)).toEqual(['sent', 'sent']);
		});

		test('one in the middle, which then goes on', async () => {
			const accountId = await platform.register();
			await platform.changePassword(accountId);
			await onboardings.tell(accountId, OVERDUE_SIGNAL);
			await untilStep(accountId, 'confirm-authenticator');
			await platform.confirmAuthenticator(accountId);
			await platform.verifyPhone(accountId);
			await onboardings.tell(accountId, 'phoneVerified');
			expect(await onboardings.result(accountId)).toMatchObject({ step: 'complete' });
		});

		test('one that was erased', async () => {
			const accountId = await platform.register();
			await platform.erase(accountId);
			await onboardings.tell(accountId, OVERDUE_SIGNAL);
			expect(await onboardings.result(accountId)).toEqual({ step: 'erased' });
			expect(await onboardings.attributes(accountId)).toEqual({});
		});
	});

	test('a deferred account whose token was reset onboards again in the same run', async () => {
		const accountId = await onboardings.registerUpTo('verify-phone');
		await platform.deferPhone(accountId);
		await onboardings.tell(accountId, 'phoneDeferred');
		await untilStep(accountId, 'complete');
		platform.account(accountId).facts.authenticatorConfirmedAt = null;
		await onboardings.tell(accountId, 'authenticatorReset');
		await untilStep(accountId, 'confirm-authenticator');
		expect((await onboardings.handle(accountId).describe()).status.name).toBe('RUNNING');
		await platform.confirmAuthenticator(accountId);
		await onboardings.tell(accountId, 'authenticatorConfirmed');
		await untilStep(accountId, 'complete');
		await platform.verifyPhone(accountId);
		await onboardings.tell(accountId, 'phoneVerified');
		expect(await onboardings.result(accountId)).toMatchObject({ step: 'complete' });
	});

	test('erasing closes a run once the delivery under way has ended', async () => {
		let arrived = () => {};
		const arrival = new Promise<void>((resolve) => (arrived = resolve));
		let hold = () => {};
		const held = new Promise<void>((resolve) => (hold = resolve));
		platform.world = async () => {
			arrived();
			await held;
			return 'sent' as const;
		};
		const accountId = await onboardings.register();
		await arrival;
		await platform.erase(accountId);
		await onboardings.tell(accountId, 'accountErased');
		await eventually(() => onboardings.standing(accountId)).toMatchObject({ step: 'erased' });
		expect((await onboardings.handle(accountId).describe()).status.name).toBe('RUNNING');
		hold();
		expect(await onboardings.result(accountId)).toEqual({ step: 'erased' });
		expect(await onboardings.attributes(accountId)).toEqual({});
	});

	test('the last mail of an erased account leaves, however often it has to be tried, before the run ends', async () => {
		const accountId = await onboardings.registerUpTo('confirm-authenticator');
		let tries = 0;
		platform.world = ({ template }) => {
			if (template === 'account-erased') tries += 1;
			if (tries === 1 || tries === 2) throw new Error('the mail server is away');
			return 'sent' as const;
		};
		await platform.erase(accountId);
		await onboardings.tell(accountId, 'accountErased');
		expect(await onboardings.result(accountId)).toEqual({ step: 'erased' });
		expect(platform.messages(accountId)).toMatchObject([{ template: 'account-erased', state: 'sent' }]);
		expect(tries).toBe(3);
	});

	test('a slow mail server holds up neither an SMS nor a step', async () => {
		let hold = () => {};
		const held = new Promise<void>((resolve) => (hold = resolve));
		platform.world = async ({ channel }) => {
			if (channel === 'email') await held;
			return 'sent' as const;
		};
		const accountId = await onboardings.registerUpTo('verify-phone');
		await platform.issuePasscode(accountId);
		await onboardings.tell(accountId, 'passcodeIssued');
		await eventually(() => platform.messages(accountId, 'passcode')).toMatchObject([{ state: 'sent' }]);
		await platform.verifyPhone(accountId);
		await onboardings.tell(accountId, 'phoneVerified');
		await untilStep(accountId, 'complete');
		expect((await onboardings.handle(accountId).describe()).status.name).toBe('RUNNING');
		hold();
		expect(await onboardings.result(accountId)).toMatchObject({ step: 'complete' });
	});
});
