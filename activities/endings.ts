import { changeAccount } from '../database/accounts.js';
import type { Tx } from '../database/connect.js';
import { insertEvents } from '../database/events.js';
import { giveBackToLimits } from '../database/limits.js';
import { markFailed } from '../database/messages.js';
import { changePasscode, findPasscodeOf, listIssues } from '../database/passcodes.js';
import type { AccountRow, PasscodeRow } from '../database/schema.js';
import type { KeyRing } from '../domain/credentials/keys.js';
import { smsLimitKeys } from '../domain/credentials/sms-limits.js';
import type { MessageReason } from '../domain/message.js';
import { failedSmsWaitMs } from '../domain/policy.js';
import { after, type Instant } from '../domain/time.js';

/**
 * Ends a message that was not sent, on the locked account: Customer Success sees that it failed. A passcode that never left
 * ends its wait, or has another if many failed, and counts as a request alone. Nothing happens when the message had ended
 * otherwise. Only the mail of a temporary password that is still to be changed asks for attention: the user waits for it,
 * and an agent can send another.
 */
export async function endFailed(
	tx: Tx,
	keys: KeyRing,
	account: AccountRow,
	messageId: string,
	reason: MessageReason,
	now: Instant,
): Promise<void> {
	const message = await markFailed(tx, messageId, reason, now);
	if (!message) return;
	await insertEvents(tx, [
		{ accountId: account.id, name: 'messageFailed', actor: 'workflow', at: now, reason, source: null },
	]);
	if (account.erasedAt) return;
	if (message.channel === 'sms') await endUnsentPasscode(tx, keys, account, messageId, now);
	else if (message.template === 'temporary-password' && !account.passwordChangedAt)
		await changeAccount(tx, account.id, { emailFailedAt: now }, null);
}

async function endUnsentPasscode(tx: Tx, keys: KeyRing, account: AccountRow, messageId: string, now: Instant) {
	const passcode = await findPasscodeOf(tx, messageId);
	if (!passcode) return;
	const issues = await listIssues(tx, account.id, now);
	const failures = issues.filter(({ notSentAt }) => notSentAt).length + 1;
	await changePasscode(tx, passcode.id, { notSentAt: now, resendAvailableAt: after(now, failedSmsWaitMs(failures)) });
	// The user waits for no SMS once it left, or the phone was verified or deferred.
	const isWaitedFor = passcode.number === account.passcodesIssued && account.smsFailedAt !== null;
	if (isWaitedFor) await changeAccount(tx, account.id, { smsFailedAt: now }, null);
	await giveBackToLimits(tx, countedUnder(keys, passcode));
}

/**
 * The counters that a failed SMS gives back. The network's counter keeps it: the request came from there, and its code
 * is never verified.
 */
function countedUnder(keys: KeyRing, { takenFrom, networkKey, phoneNumber }: PasscodeRow): string[] {
	if (!takenFrom || !networkKey) return Object.values(smsLimitKeys(keys, phoneNumber));
	return takenFrom.filter((key) => !key.startsWith(networkKey));
}
