import type { Tx } from '../../database/connect.js';
import { lockUnsent } from '../../database/messages.js';
import { findPasscodeOf, listIssues } from '../../database/passcodes.js';
import type { AccountRow, PasscodeRow } from '../../database/schema.js';
import type { KeyRing } from '../../domain/credentials/keys.js';
import { smsLimitKeys } from '../../domain/credentials/sms-limits.js';
import type { MessageReason } from '../../domain/message.js';
import { failedSmsWaitMs } from '../../domain/policy.js';
import { after, type Instant } from '../../domain/time.js';
import type { Write } from '../door/settle.js';
import { type TimeContext, timeAct } from '../door/time-act.js';

/**
 * Ends an unsent message as failed, which agents see. A failed passcode ends its wait, or gets another wait after many
 * failures, and still counts as a request. Only the mail of a temporary password that is still to be changed asks for
 * attention: the user waits for it, and an agent can send another. Does nothing when the message has already ended.
 */
export async function endMessage(
	context: TimeContext,
	{ accountId, id }: { accountId: string; id: string },
	reason: MessageReason,
): Promise<void> {
	await timeAct(context, accountId, async (tx, account, now) => {
		const message = await lockUnsent(tx, id);
		if (!message) return null;
		const failed: Write = { event: { name: 'messageFailed', reason }, rows: [{ failMessage: { id, reason } }] };
		if (account.erasedAt) return failed;
		if (message.channel === 'sms') return endPasscode(context.keys, tx, account, id, failed, now);
		const isAwaited = message.template === 'temporary-password' && !account.passwordChangedAt;
		return isAwaited ? { ...failed, account: { emailFailedAt: now } } : failed;
	});
}

async function endPasscode(
	keys: KeyRing,
	tx: Tx,
	account: AccountRow,
	messageId: string,
	failed: Write,
	now: Instant,
): Promise<Write> {
	const passcode = await findPasscodeOf(tx, messageId);
	if (!passcode) return failed;
	const issues = await listIssues(tx, account.id, now);
	const failures = issues.filter(({ notSentAt }) => notSentAt).length + 1;
	const resendAvailableAt = after(now, failedSmsWaitMs(failures));
	// The user waits for it until it leaves, or until the phone is verified or deferred.
	const isAwaited = passcode.number === account.passcodesIssued && account.smsFailedAt !== null;
	return {
		...failed,
		...(isAwaited && { account: { smsFailedAt: now } }),
		rows: [
			...(failed.rows ?? []),
			{ changePasscode: { id: passcode.id, notSentAt: now, resendAvailableAt } },
			{ giveBackToLimits: countedUnder(keys, passcode) },
		],
	};
}

/** The counters that a failed SMS gives back. The network's counter keeps it: the request came from there. */
function countedUnder(keys: KeyRing, { takenFrom, networkKey, phoneNumber }: PasscodeRow): string[] {
	if (!takenFrom || !networkKey) return Object.values(smsLimitKeys(keys, phoneNumber));
	return takenFrom.filter((key) => !key.startsWith(networkKey));
}
