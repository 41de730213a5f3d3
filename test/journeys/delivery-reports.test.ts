import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageView } from '../../acts/views.js';
import { onboardingWorkflowId } from '../../workflows/messages.js';
import { pgliteDatabase } from '../setup/databases.js';
import { ask, eventually, Person } from './person.js';
import { AGENT_KEY, type Platform, startPlatform } from './platform.js';

let platform: Platform;
beforeAll(async () => {
	platform = await startPlatform({ database: pgliteDatabase, reports: true });
});
afterAll(() => platform.stop());

async function smsOf(person: Person, state: string): Promise<MessageView> {
	return eventually(
		async () => {
			const path = `/v1/accounts/${person.id}/messages`;
			const { body } = await ask<{ items: MessageView[] }>(platform.url, 'GET', path, { token: AGENT_KEY });
			return body.items.find((message) => message.channel === 'sms' && message.state === state);
		},
		10_000,
		`an SMS that is ${state}`,
	);
}

async function signalsOf(person: Person): Promise<string[]> {
	const { events } = await platform.temporal.client.workflow.getHandle(onboardingWorkflowId(person.id)).fetchHistory();
	const names = (events ?? []).map((event) => event.workflowExecutionSignaledEventAttributes?.signalName);
	return names.filter((name) => typeof name === 'string');
}

test('the provider reports: a delivered SMS costs the workflow nothing, one that failed is told to it', async () => {
	const lucky = new Person(platform);
	await lucky.untilPhone();
	await lucky.givesPhone();
	expect(await smsOf(lucky, 'delivered')).toMatchObject({ reason: null });
	expect(await signalsOf(lucky)).not.toContain('messageReported');

	const unlucky = new Person(platform);
	await unlucky.untilPhone();
	// The inbox reports numbers that end so as not delivered.
	await unlucky.givesPhone('+351912330003');
	expect(await smsOf(unlucky, 'failed')).toMatchObject({ reason: 'handset-unreachable' });
	await eventually(async () => (await signalsOf(unlucky)).includes('messageReported'), 10_000, 'the signal');
	const standing = () =>
		platform.temporal.client.workflow
			.getHandle(onboardingWorkflowId(unlucky.id))
			.query<{ attention: string | null }>('onboarding');
	await eventually(async () => (await standing()).attention === 'sms-failed', 10_000, 'the attention');
	const again = await unlucky.acts('POST', '/v1/onboarding/phone/passcode', { number: unlucky.number });
	expect(again.status).toBe(202);
	expect(again.body.phone?.passcode).toMatchObject({ number: 2, delivery: 'queued', deliveryReason: null });
});
