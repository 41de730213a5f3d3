import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, EventView, MessageView } from '../../acts/views.js';
import { onboardingWorkflowId } from '../../workflows/messages.js';
import { DATABASES } from '../setup/databases.js';
import { eventually, Person } from './person.js';
import { type Platform, startPlatform } from './platform.js';

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'the article, by HTTP, on real parts and $name',
	({ open }) => {
		let platform: Platform;
		beforeAll(async () => {
			platform = await startPlatform({ database: open });
		});
		afterAll(() => platform.stop());

		test('a new account gets from registered to complete, and its workflow ends', async () => {
			const ana = new Person(platform);
			const done = await ana.onboards();
			expect(done).toMatchObject({ status: 200, body: { step: 'complete', phone: { passcode: null } } });
			const run = platform.temporal.client.workflow.getHandle(onboardingWorkflowId(ana.id));
			expect(await run.result()).toMatchObject({ step: 'complete' });
			const { body: messages } = await ana.agent<{ items: MessageView[] }>('GET', `/v1/accounts/${ana.id}/messages`);
			expect(messages.items.map(({ template, state }) => [template, state])).toEqual([
				['phone-verified', 'sent'],
				['passcode', 'sent'],
				['authenticator-confirmed', 'sent'],
				['temporary-password', 'sent'],
			]);
			const { body: events } = await ana.agent<{ items: EventView[] }>('GET', `/v1/accounts/${ana.id}/events`);
			expect(events.items.map(({ name }) => name)).toEqual([
				'registered',
				'signedIn',
				'passwordChanged',
				'authenticatorShown',
				'authenticatorConfirmed',
				'passcodeIssued',
				'phoneVerified',
			]);
		});

		test('"Remind me later" completes, and the run stays for the reminder', async () => {
			const ana = new Person(platform);
			await ana.untilPhone();
			expect(await ana.defers()).toMatchObject({ status: 200, body: { step: 'complete' } });
			const run = platform.temporal.client.workflow.getHandle(onboardingWorkflowId(ana.id));
			const standing = await eventually(async () => {
				const seen = await run.query<{ step: string; reminderDueAt: string | null } | null>('onboarding');
				return seen?.step === 'complete' ? seen : null;
			});
			const { body: account } = await ana.agent<Account>('GET', `/v1/accounts/${ana.id}`);
			expect(standing.reminderDueAt).toBe(account.phone?.deferredUntil);
			expect((await run.describe()).status.name).toBe('RUNNING');
		});
	},
);
