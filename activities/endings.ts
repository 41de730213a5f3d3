import { changeAccount } from '../database/accounts.js';
import type { Tx } from '../database/connect.js';
import { insertEvents } from '../database/events.js';
import { giveBackToLimits } from '../database/limits.js';
import { markFailed } from '../database/messages.js';
import { changePasscode, findPasscodeOf } from '../database/passcodes.js';
import type { AccountRow } from '../database/schema.js';
import type { KeyRing } from '../domain/credentials/keys.js';
import { smsLimitKeys } from '../domain/credentials/sms-limits.js';
import type { MessageReason } from '../domain/message.js';
import type { Instant } from '../domain/time.js';

/**
 * Ends a message that was not sent, on the locked account: CS sees that it failed, and a passcode that never left ends
 * its wait and counts for no cap. Nothing happens when the message had ended otherwise.
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
	// A notice to the address that was wrong says nothing of the one that was corrected.
	else if (message.template !== 'email-corrected') await changeAccount(tx, account.id, { emailFailedAt: now }, null);
}

async function endUnsentPasscode(tx: Tx, keys: KeyRing, account: AccountRow, messageId: string, now: Instant) {
	const passcode = await findPasscodeOf(tx, messageId);
	if (!passcode) return;
	await changePasscode(tx, passcode.id, { notSentAt: now, resendAvailableAt: now });
	const isNewest = passcode.number === account.passcodesIssued && !account.phoneVerifiedAt;
	if (isNewest) await changeAccount(tx, account.id, { smsFailedAt: now }, null);
	await giveBackToLimits(tx, Object.values(smsLimitKeys(keys, passcode.phoneNumber)));
}
