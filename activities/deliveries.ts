import { ApplicationFailure } from '@temporalio/common';
import { placeOfMessage } from '../acts/door/messages.js';
import { endMessage } from '../acts/time/end-message.js';
import { claimMessage, findMessage, markSent, markUnknown, releaseMessage } from '../database/messages.js';
import type { DeliveryOutcome, MessageParams, MessageReason } from '../domain/message.js';
import type { ActivityDependencies } from './dependencies.js';
import type { AboutMessage, Activities, DeliveryResult } from './types.js';

type FoundMessage = NonNullable<Awaited<ReturnType<typeof findMessage>>>;

/** A message that may still leave, with what it takes to send it. */
interface Owed {
	message: FoundMessage;
	to: string;
	params: MessageParams;
}

/** A message that does not exist, or whose account was erased, is not owed. */
const GONE: DeliveryResult = { state: 'void' };

/** Delivers the rows that acts queued. Each attempt looks at its row first, and ends it by a guarded statement. */
export function createDeliveries(dependencies: ActivityDependencies): Pick<Activities, 'deliverEmail' | 'deliverSms'> {
	const { db, clock, keys, mailer, texter } = dependencies;

	/** The opened message if it may still leave, otherwise its outcome. */
	async function look(id: string): Promise<Owed | { ended: DeliveryResult }> {
		const message = await findMessage(db, id);
		if (!message || (!message.recipient && !message.params)) return { ended: GONE };
		if (message.state !== 'queued') return { ended: { state: message.state, reason: message.reason } };
		if (message.giveUpAt <= clock.now()) return { ended: await fail(message, 'not-delivered-in-time') };
		const params = open(message);
		const to = params?.recipient ?? message.recipient;
		return params && to ? { message, to, params } : { ended: await fail(message, 'unreadable') };
	}

	/** Null when its key left the ring: no later attempt can open it. */
	function open(message: FoundMessage): MessageParams | null {
		try {
			return JSON.parse(keys.open('message', placeOfMessage(message), message.params ?? ''));
		} catch {
			return null;
		}
	}

	async function fail(message: FoundMessage, reason: MessageReason): Promise<DeliveryResult> {
		await endMessage(dependencies, message, reason);
		return { state: 'failed', reason };
	}

	/** Writes how an attempt ended. @throws when another attempt is worth it */
	async function record(message: FoundMessage, outcome: DeliveryOutcome): Promise<DeliveryResult> {
		switch (outcome.outcome) {
			case 'sent':
				await markSent(db, message.id, outcome.providerId ?? null, clock.now());
				return { state: 'sent' };
			case 'failed':
				return fail(message, outcome.reason);
			case 'unknown':
				await markUnknown(db, message.id, clock.now());
				return { state: 'unknown' };
			case 'retry':
				await releaseMessage(db, message.id, clock.now());
				throw notNow(outcome.retryAfterMs);
		}
	}

	async function deliverEmail({ messageId }: AboutMessage): Promise<DeliveryResult> {
		const found = await look(messageId);
		if ('ended' in found) return found.ended;
		const { message, to, params } = found;
		const { template, locale, name } = message;
		return record(message, await mailer.send({ messageId, template, locale, name, to, params }));
	}

	async function deliverSms({ messageId }: AboutMessage): Promise<DeliveryResult> {
		const found = await look(messageId);
		if ('ended' in found) return found.ended.state === 'sending' ? endInterrupted(messageId) : found.ended;
		const { message, to, params } = found;
		// From here until the outcome is written, it is unknown whether the SMS was sent: an attempt that finds `sending` must
		// not send.
		if (!(await claimMessage(db, messageId, clock.now()))) return deliverSms({ messageId });
		return record(message, await texter.send({ messageId, locale: message.locale, to, params }));
	}

	/** A worker was killed during an earlier attempt. */
	async function endInterrupted(messageId: string): Promise<DeliveryResult> {
		await markUnknown(db, messageId, clock.now());
		return { state: 'unknown', reason: 'outcome-unknown' };
	}

	return { deliverEmail, deliverSms };
}

function notNow(retryAfterMs: number | undefined): ApplicationFailure {
	const nextRetryDelay = retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs };
	return ApplicationFailure.create({
		message: 'not sent, another attempt follows',
		type: 'NotSent',
		...nextRetryDelay,
	});
}
