import { proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/types.js';
import type { Facts } from '../domain/facts.js';

/** A local activity that answers with the account's facts; it may change the account first. */
export type Ask = (accountId: string) => Promise<Facts>;

/**
 * Retried for ever. A wait longer than `localRetryThreshold` is a timer, so a database outage of a day does not keep a
 * workflow task open.
 */
const local = proxyLocalActivities<Activities>({
	startToCloseTimeout: '5s',
	localRetryThreshold: '1s',
	retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

export const loadFacts: Ask = (accountId) =>
	answered(local.loadFacts.executeWithOptions({ summary: 'load the facts of the account' }, [{ accountId }]));

export const expireTemporaryPassword: Ask = (accountId) =>
	answered(
		local.expireTemporaryPassword.executeWithOptions({ summary: 'record that the temporary password expired' }, [
			{ accountId },
		]),
	);

export const remindOfPhone: Ask = (accountId) =>
	answered(local.remindOfPhone.executeWithOptions({ summary: 'queue the reminder about the phone' }, [{ accountId }]));

export const giveUpMessages: Ask = (accountId) =>
	answered(local.giveUpMessages.executeWithOptions({ summary: 'give up overdue messages' }, [{ accountId }]));

/** Results omit nulls, and old histories lack fields added since. */
async function answered(answer: Promise<Facts>): Promise<Facts> {
	return { ...NOTHING_YET, ...(await answer) };
}

const NOTHING_YET = {
	createdAt: null,
	temporaryPasswordExpiresAt: null,
	erasedAt: null,
	passwordChangedAt: null,
	authenticatorConfirmedAt: null,
	phoneVerifiedAt: null,
	phoneDeferredUntil: null,
	emailFailedAt: null,
	smsFailedAt: null,
	lockedAt: null,
	reminderDueAt: null,
	passcode: null,
} satisfies Partial<Facts>;
