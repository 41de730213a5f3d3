import type { MessageReason } from '../../domain/message.js';
import { reasonOfCode } from './reasons.js';

/** The outcome that a status callback reports for an accepted message. */
export type DeliveryReport = { state: 'delivered'; reason: null } | { state: 'failed'; reason: MessageReason };

/**
 * What a Twilio status callback means for the message's row; null when it is no outcome (`queued`, `sent`, …).
 * @param status the callback's `MessageStatus`
 * @param errorCode its `ErrorCode`, when it has one
 */
export function reportOf(status: string, errorCode: string | undefined): DeliveryReport | null {
	switch (status) {
		case 'delivered':
		case 'read':
			return { state: 'delivered', reason: null };
		// The carrier said no …
		case 'undelivered':
			return { state: 'failed', reason: reasonOfCode(numberOf(errorCode)) ?? 'carrier-rejected' };
		// … or it never came to a carrier.
		case 'failed':
		case 'canceled':
			return { state: 'failed', reason: reasonOfCode(numberOf(errorCode)) ?? 'provider-refused' };
		default:
			return null;
	}
}

function numberOf(errorCode: string | undefined): number | null {
	return errorCode !== undefined && /^\d{1,6}$/.test(errorCode) ? Number(errorCode) : null;
}
