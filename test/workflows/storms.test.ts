import { setTimeout as pause } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OVERDUE_SIGNAL } from '../../domain/event.js';
import { parts } from '../setup/services.js';
import { eventually } from './eventually.js';
import { FakePlatform } from './fake-platform.js';
import { Onboardings } from './onboardings.js';
import { ownServer } from './servers.js';

const SIGNALS = 1_000;
const AT_ONCE = 8;
const RESENDS = 50;
const RESENDS_EVENTS_MAX = 850;
/** Events after which this server suggests to continue as new. */
const LONG = 100;

describe.skipIf(!parts.temporal)('under a storm of signals', () => {
	let env: TestWorkflowEnvironment;
	let onboardings: Onboardings;
	let platform: FakePlatform;

	afterEach(async () => {
		await onboardings.stop();
	});

	describe('on a server as it comes', () => {
		beforeAll(async () => {
			env = await ownServer();
		});
		afterAll(async () => {
			await env?.teardown();
		});
		beforeEach(async () => {
			platform = new FakePlatform();
			onboardings = new Onboardings(env, platform);
			await onboardings.startWorkers();
		});

		test('a run that closes loses no signal', async () => {
			const accountId = await onboardings.registerUpTo('verify-phone');
			await platform.verifyPhone(accountId);
			await onboardings.tell(accountId, 'phoneVerified');
			await onboardings.result(accountId);
			// Each act owes a mail, so a lost signal leaves one behind.
			const acts = Array.from({ length: SIGNALS }, (_, index) => async () => {
				if (index % 10 === 0) await platform.notify(accountId);
				await onboardings.tell(accountId, 'signedIn');
			});
			await Promise.all(
				Array.from({ length: AT_ONCE }, async () => {
					for (let act = acts.pop(); act; act = acts.pop()) await act();
				}),
			);
			await onboardings.result(accountId);
			const unsent = () => platform.messages(accountId).filter(({ state }) => state !== 'sent');
			await eventually(unsent).toEqual([]);
			expect(platform.messages(accountId)).toHaveLength(1 + SIGNALS / 10);
			const { signals, runs } = await onboardings.countSignals(accountId);
			expect(signals).toBe(SIGNALS + 4);
			expect(runs).toBeGreaterThan(1);
		});

		test('fifty resends stay within a history', async () => {
			const accountId = await onboardings.registerUpTo('verify-phone');
			for (let n = 0; n < RESENDS; n++) {
				const messageId = await platform.issuePasscode(accountId);
				await onboardings.tell(accountId, 'passcodeIssued');
				const isSent = () => platform.messages(accountId, 'passcode').find(({ id }) => id === messageId)?.state;
				await eventually(isSent, 10).toBe('sent');
				await pause(50);
			}
			const { historyLength } = await onboardings.handle(accountId).describe();
			expect(historyLength).toBeLessThanOrEqual(RESENDS_EVENTS_MAX);
			const standing = await onboardings.standing(accountId);
			expect(standing).toMatchObject({ messages: { sent: 1 + RESENDS }, passcode: { number: RESENDS } });
		});

		test('signals that come together share a look', async () => {
			const accountId = await onboardings.register();
			await eventually(() => platform.messages(accountId)).toMatchObject([{ state: 'sent' }]);
			await onboardings.stopWorkers();
			for (let n = 0; n < 100; n++) await onboardings.tell(accountId, 'signedIn');
			platform.attempts.length = 0;
			await onboardings.startWorkers();
			await platform.changePassword(accountId);
			await onboardings.tell(accountId, 'passwordChanged');
			const step = { step: 'confirm-authenticator' };
			await eventually(() => onboardings.standing(accountId)).toMatchObject(step);
			expect(platform.attempts.length).toBeLessThanOrEqual(3);
		});
	});

	describe('on a server that wants short histories', () => {
		beforeAll(async () => {
			env = await ownServer(['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${LONG}`]);
		});
		afterAll(async () => {
			await env?.teardown();
		});
		beforeEach(async () => {
			platform = new FakePlatform();
			onboardings = new Onboardings(env, platform);
			await onboardings.startWorkers();
		});

		test('a long run goes on in another, with its timer', async () => {
			const accountId = await onboardings.register();
			for (let n = 0; n < 40; n++) {
				await onboardings.tell(accountId, OVERDUE_SIGNAL);
				await pause(25);
			}
			const { runs } = await onboardings.countSignals(accountId);
			expect(runs).toBeGreaterThan(1);
			// The newest run may only just have started.
			await eventually(() => onboardings.eventCounts(accountId)).toMatchObject({ TIMER_STARTED: 1 });
			const counts = await onboardings.eventCounts(accountId);
			expect(counts.UPSERT_WORKFLOW_SEARCH_ATTRIBUTES).toBeUndefined();
			expect(await onboardings.attributes(accountId)).toMatchObject({ OnboardingStep: 'change-password' });
			expect(platform.messages(accountId)).toMatchObject([{ state: 'sent' }]);
			await platform.changePassword(accountId);
			await platform.confirmAuthenticator(accountId);
			await platform.verifyPhone(accountId);
			await onboardings.tell(accountId, 'phoneVerified');
			expect(await onboardings.result(accountId)).toMatchObject({ step: 'complete' });
		});

		test('a long run waits for the delivery under way before it goes on in another', async () => {
			let release = () => {};
			const held = new Promise<void>((resolve) => (release = resolve));
			platform.world = async () => {
				await held;
				return 'sent' as const;
			};
			const accountId = await onboardings.register();
			for (let n = 0; n < 40; n++) {
				await onboardings.tell(accountId, OVERDUE_SIGNAL);
				await pause(25);
			}
			expect((await onboardings.countSignals(accountId)).runs).toBe(1);
			release();
			await eventually(async () => (await onboardings.countSignals(accountId)).runs).toBe(2);
			expect(platform.attempts.filter(({ activity }) => activity === 'deliverEmail')).toHaveLength(1);
		});
	});
});
