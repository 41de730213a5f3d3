import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { after, DAY_MS, HOUR_MS, MINUTE_MS, msUntil, SECOND_MS } from '../../domain/time.js';
import { parts } from '../setup/services.js';
import { FakePlatform, LIFETIME_MS, REMINDER_AFTER_MS, RESEND_AFTER_MS } from './fake-platform.js';
import { Onboardings } from './onboardings.js';
import { timeSkippingServer } from './servers.js';

describe.skipIf(!parts.timeSkipping)('over days and weeks', () => {
	let env: TestWorkflowEnvironment;
	let onboardings: Onboardings;
	let platform: FakePlatform;

	beforeAll(async () => {
		env = await timeSkippingServer();
	});

	afterAll(async () => {
		await env?.teardown();
	});

	beforeEach(async () => {
		platform = new FakePlatform(async () => new Date(await env.currentTimeMs()).toISOString());
		onboardings = new Onboardings(env, platform);
		await onboardings.startWorkers();
	});

	afterEach(async () => {
		await onboardings.stopWorkers();
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
});
