import { ActivityFailure, isCancellation, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { Activities, DeliveryResult } from '../activities/types.js';
import type { Channel, OwedMessage } from '../domain/message.js';
import { type Instant, msUntil, SECOND_MS } from '../domain/time.js';
import { taskQueues } from './messages.js';
import { now } from './now.js';

/** The longest wait between two attempts: owed messages leave within it once a provider is back. */
const RETRY_INTERVAL_MAX_MS: Record<Channel, number> = { email: 30 * SECOND_MS, sms: 10 * SECOND_MS };

/** How far beyond `giveUpAt` Temporal still attempts: far enough for an attempt that finds the message too late. */
const BACKSTOP_MS = 60 * SECOND_MS;

const { deliverEmail, deliverSms } = proxyActivities<Activities>({ startToCloseTimeout: '10s' });

/**
 * Delivers one message, with as many attempts as it takes. Returns null when Temporal gave up on the attempts, and then
 * not before the message's `giveUpAt`, so that a defect costs one delivery a message and causes no storm.
 */
export async function deliver(message: OwedMessage): Promise<DeliveryResult | null> {
	const input = { messageId: message.id };
	try {
		return message.channel === 'email'
			? await deliverEmail.executeWithOptions(optionsFor(message), [input])
			: await deliverSms.executeWithOptions(optionsFor(message), [input]);
	} catch (error) {
		if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
		await sleep(msLeft(message.giveUpAt) + SECOND_MS, { summary: `${message.template} is given up` });
		return null;
	}
}

function optionsFor({ channel, template, giveUpAt }: OwedMessage) {
	return {
		taskQueue: taskQueues(workflowInfo().taskQueue)[channel],
		scheduleToCloseTimeout: msLeft(giveUpAt) + BACKSTOP_MS,
		retry: { initialInterval: SECOND_MS, maximumInterval: RETRY_INTERVAL_MAX_MS[channel] },
		summary: `send ${channel === 'email' ? 'e-mail' : 'SMS'}: ${template}`,
	};
}

function msLeft(until: Instant): number {
	return Math.max(0, msUntil(now(), until));
}
