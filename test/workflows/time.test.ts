import { ApplicationFailure, type Duration } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OVERDUE_SIGNAL } from '../../domain/event.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, msUntil, SECOND_MS } from '../../domain/time.js';
import { parts } from '../setup/services.js';
import { timeSkippingEnvironment } from '../setup/time-skipping.js';
import { eventually } from './eventually.js';
import { FakePlatform, LIFETIME_MS, REMINDER_AFTER_MS, RESEND_AFTER_MS } from './fake-platform.js';
import { Onboardings } from './onboardings.js';
import './servers.js';

describe.skipIf(!parts.timeSkipping)('over days and weeks', () => {
	let env: TestWorkflowEnvironment;
	let onboardings: Onboardings;
	let platform: FakePlatform;

	/** A server for each test: what one leaves pending would keep the time of the next from being skipped. */
	beforeEach(async () => {
		env = await timeSkippingEnvironment();
		platform = new FakePlatform(async () => new Date(await env.currentTimeMs()).toISOString());
		onboardings = new Onboardings(env, platform);
		await onboardings.startWorkers();
	});

	afterEach(async () => {
		await onboardings.stop();
		await env.teardown();
	});

	test('a temporary password expires after 24 hours, not before, and lives again only after a reissue', async () => {
		const accountId = await onboardings.register();
		await env.sleep(LIFETIME_MS - MINUTE_MS);
		expect(await onboardings.standing(accountId)).toMatchObject({ step: 'change-password', attention: null });
		expect(platform.story(accountId)).toEqual([]);

		await env.sleep(2 * MINUTE_MS);
		expect(await onboardings.standing(accountId)).toMatchObject({ step: 'temporary-password-expired', deadline: null });
		expect(platform.story(accountId)).toEqual(['temporaryPasswordExpired']);
		expect(await onboardings.attributes(accountId)).toEqual({
			OnboardingStep: 'temporary-password-expired',
			OnboardingAttention: 'temporary-password-expired',
		});

		await env.sleep(3 * DAY_MS);
		await platform.reissueTemporaryPassword(accountId);
		await onboardings.tell(accountId, 'temporaryPasswordReissued');
		await env.sleep(LIFETIME_MS - MINUTE_MS);
		expect(await onboardings.standing(accountId)).toMatchObject({ step: 'change-password', attention: null });
		const { OnboardingDeadline } = await onboardings.attributes(accountId);
		expect(OnboardingDeadline).toBeInstanceOf(Date);
		await env.sleep(2 * MINUTE_MS);
		expect(platform.story(accountId)).toEqual(['temporaryPasswordExpired', 'temporaryPasswordExpired']);
	});

	test('a run that starts after the expiry notes it', async () => {
		const accountId = await platform.register();
		await env.sleep(2 * LIFETIME_MS);
		await onboardings.tell(accountId, OVERDUE_SIGNAL);
		await eventually(() => platform.story(accountId)).toEqual(['temporaryPasswordExpired']);
	});

	test('an alarm that rings too early by a clock that lags rings again', async () => {
		const LAG_MS = 5 * SECOND_MS;
		platform = new FakePlatform(async () => new Date((await env.currentTimeMs()) - LAG_MS).toISOString());
		await onboardings.stop();
		onboardings = new Onboardings(env, platform);
		await onboardings.startWorkers();
		const accountId = await onboardings.register();
		await env.sleep(LIFETIME_MS + MINUTE_MS);
		await eventually(() => platform.story(accountId)).toEqual(['temporaryPasswordExpired']);
		expect(platform.attempts.filter(({ activity }) => activity === 'expireTemporaryPassword').length).toBeLessThan(8);
	});

	test('a mail that took an hour moves the deadline by that hour', async () => {
		let up = false;
		platform.world = () => {
			if (!up) throw tryAgain();
			return 'sent';
		};
		const accountId = await onboardings.register();
		await env.sleep(HOUR_MS);
		const early = (await onboardings.standing(accountId))?.deadline ?? '';
		up = true;
		await env.sleep(5 * MINUTE_MS);
		const { deadline, messages } = (await onboardings.standing(accountId)) ?? {};
		expect(messages).toEqual({ sent: 1 });
		expect(msUntil(early, deadline ?? '')).toBeGreaterThanOrEqual(HOUR_MS);
		expect((await onboardings.attributes(accountId)).OnboardingDeadline).toEqual(new Date(deadline ?? ''));
		await env.sleep(LIFETIME_MS - 10 * MINUTE_MS);
		expect(await onboardings.standing(accountId)).toMatchObject({ step: 'change-password' });
		await env.sleep(10 * MINUTE_MS);
		expect(platform.story(accountId)).toEqual(['temporaryPasswordExpired']);
	});

	/** The second wait ends beyond the time allowed, so Temporal gives up before the message's `giveUpAt`. */
	test.each(['1h', '7h'] as const)(
		'a mail that never leaves fails in the end, and the workflow goes on (%s)',
		async (wait) => {
			platform.world = () => {
				throw tryAgain(wait);
			};
			const accountId = await onboardings.register();
			await env.sleep(LIFETIME_MS - MINUTE_MS);
			expect(platform.messages(accountId)).toMatchObject([{ state: 'queued' }]);
			await env.sleep(10 * MINUTE_MS);
			expect(platform.messages(accountId)).toMatchObject([{ state: 'failed' }]);
			const failed = { attention: 'email-failed', messages: { failed: 1 } };
			await eventually(() => onboardings.standing(accountId)).toMatchObject(failed);
			const attempts = platform.attempts.length;
			await env.sleep(DAY_MS);
			expect(platform.attempts.length).toBe(attempts);
		},
	);

	test('a deferred phone is reminded of three times', async () => {
		const accountId = await onboardings.registerUpTo('verify-phone');
		await platform.deferPhone(accountId);
		await onboardings.tell(accountId, 'phoneDeferred');
		await env.sleep(REMINDER_AFTER_MS - HOUR_MS);
		expect(await onboardings.standing(accountId)).toMatchObject({ step: 'complete' });
		expect(platform.messages(accountId, 'phone-reminder')).toHaveLength(0);
		await env.sleep(2 * HOUR_MS);
		expect(platform.messages(accountId, 'phone-reminder')).toHaveLength(1);
		await env.sleep(REMINDER_AFTER_MS);
		expect(platform.messages(accountId, 'phone-reminder')).toHaveLength(2);
		expect((await onboardings.handle(accountId).describe()).status.name).toBe('RUNNING');
		await env.sleep(REMINDER_AFTER_MS);
		expect(platform.messages(accountId, 'phone-reminder').map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
		expect(await onboardings.result(accountId)).toMatchObject({ step: 'complete' });
	});

	test('a phone verified or deferred again before the reminder is not reminded of at the old date', async () => {
		const verified = await onboardings.registerUpTo('verify-phone');
		const again = await onboardings.registerUpTo('verify-phone');
		for (const accountId of [verified, again]) {
			await platform.deferPhone(accountId);
			await onboardings.tell(accountId, 'phoneDeferred');
		}
		await env.sleep(REMINDER_AFTER_MS - DAY_MS);
		await platform.verifyPhone(verified);
		await onboardings.tell(verified, 'phoneVerified');
		await platform.deferPhone(again);
		await onboardings.tell(again, 'phoneDeferred');
		await env.sleep(2 * DAY_MS);
		expect((await onboardings.handle(verified).describe()).status.name).toBe('COMPLETED');
		expect(platform.messages(verified, 'phone-reminder')).toHaveLength(0);
		expect(platform.messages(again, 'phone-reminder')).toHaveLength(0);
		await env.sleep(REMINDER_AFTER_MS);
		expect(platform.messages(again, 'phone-reminder')).toHaveLength(1);
	});

	test('the wait before another code is shown, and is over when it is', async () => {
		const accountId = await onboardings.registerUpTo('verify-phone');
		await platform.issuePasscode(accountId);
		await onboardings.tell(accountId, 'passcodeIssued');
		await env.sleep(RESEND_AFTER_MS - 5 * SECOND_MS);
		const before = await onboardings.standing(accountId);
		expect(before?.passcode).toMatchObject({ number: 1, delivery: 'sent', anotherMayBeAskedFor: false });
		await env.sleep(10 * SECOND_MS);
		const later = await onboardings.standing(accountId);
		expect(later?.passcode).toMatchObject({ number: 1, anotherMayBeAskedFor: true });
	});
});

/** What an activity throws when another attempt makes sense. */
function tryAgain(nextRetryDelay?: Duration): ApplicationFailure {
	return ApplicationFailure.create({ message: 'not taken yet', type: 'Retry', nextRetryDelay });
}
