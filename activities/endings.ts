import { changeAccount } from '../database/accounts.js';
import type { Tx } from '../database/connect.js';
import { insertEvents } from '../database/events.js';
import { markFailed } from '../database/messages.js';
import { changePasscode, findPasscodeOf } from '../database/passcodes.js';
import type { AccountRow } from '../database/schema.js';
import type { MessageReason } from '../domain/message.js';
import type { Instant } from '../domain/time.js';

/**
 * Ends a message that was not sent, on the locked account: CS sees that it failed, and a passcode that never left ends
 * its wait and counts for no cap of its account. Gives the passcode's number on the phone, to count it out of the shared
 * caps too; null when there is none, or the message had ended otherwise.
 */
export async function endFailed(
	tx: Tx,
	account: AccountRow,
	messageId: string,
	reason: MessageReason,
	now: Instant,
): Promise<string | null> {
	if (!(await markFailed(tx, messageId, reason, now))) return null;
	await insertEvents(tx, [{ accountId: account.id, name: 'messageFailed', actor: 'workflow', at: now, reason, source: null }]);
	const passcode = await findPasscodeOf(tx, messageId);
	if (!passcode) {
		await changeAccount(tx, account.id, { emailFailedAt: now }, null);
		return null;
	}
	await changePasscode(tx, passcode.id, { notSentAt: now, resendAvailableAt: now });
	const isNewest = passcode.number === account.passcodesIssued && !account.phoneVerifiedAt;
	if (isNewest) await changeAccount(tx, account.id, { smsFailedAt: now }, null);
	return passcode.phoneNumber;
}
