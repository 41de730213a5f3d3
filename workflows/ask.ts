import { proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/types.js';
import type { Facts } from '../domain/facts.js';

/** A question to the database that is answered with the account's facts; each may come with an effect of its own. */
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
	local.loadFacts.executeWithOptions({ summary: 'look where the account stands' }, [{ accountId }]);

export const expireTemporaryPassword: Ask = (accountId) =>
	local.expireTemporaryPassword.executeWithOptions({ summary: 'note that the temporary password expired' }, [
		{ accountId },
	]);

export const remindOfPhone: Ask = (accountId) =>
	local.remindOfPhone.executeWithOptions({ summary: 'queue the reminder of the phone' }, [{ accountId }]);

export const giveUpMessages: Ask = (accountId) =>
	local.giveUpMessages.executeWithOptions({ summary: 'give up what was not delivered in time' }, [{ accountId }]);
