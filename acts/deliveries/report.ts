import type { Tx } from '../../database/connect.js';
import { findAccountOf, lockReportable } from '../../database/messages.js';
import { findPasscodeOf, listIssues } from '../../database/passcodes.js';
import type { AccountRow, PasscodeRow } from '../../database/schema.js';
import { type DeliveryReport, reportOf } from '../../domain/delivery-report.js';
import { failedSmsWaitMs } from '../../domain/policy.js';
import { after, type Instant } from '../../domain/time.js';
import { type ProviderContext, providerAct } from '../door/provider-act.js';
import type { Write } from '../door/settle.js';

/** What a provider reports about one of its messages, in its own words. */
export interface Reported {
	/** Our id of the message. */
	messageId: string;
	status: string;
	errorCode: string | undefined;
	/** The provider's id of the message. */
	providerId: string | null;
}

/**
 * Ends a message as its provider reports. The first report that ends it counts; one that comes before our own `sent` is
 * written counts as well, and one about a message that we do not know, or that has ended, changes nothing.
 */
export async function reportMessage(context: ProviderContext, reported: Reported): Promise<void> {
	const { messageId: id, status, errorCode, providerId } = reported;
	const report = reportOf(status, errorCode);
	const accountId = report && (await findAccountOf(context.db, id));
	if (!accountId) return;
	await providerAct(context, accountId, async (tx, account, now) => {
		const message = await lockReportable(tx, id);
		if (!message) return null;
		const ended: Write = { rows: [{ reportMessage: { id, ...report, providerId } }] };
		const passcode = account.erasedAt ? null : await findPasscodeOf(tx, id);
		if (!passcode) return ended;
		return report.state === 'delivered'
			? delivered(account, passcode, ended)
			: failed(tx, { account, passcode, reason: report.reason, now }, ended);
	});
}

/** The workflow looks only when the account asked for attention, or was about to: most reports cost it nothing. */
function delivered(account: AccountRow, passcode: PasscodeRow, ended: Write): Write {
	if (!isNewest(account, passcode) || !account.smsFailedAt) return ended;
	return { ...ended, account: { smsFailedAt: null }, event: { name: 'messageReported' } };
}

interface FailedReport {
	account: AccountRow;
	passcode: PasscodeRow;
	reason: DeliveryReport['reason'];
	now: Instant;
}

/**
 * A user who waits for the SMS may ask for another at once. The SMS keeps counting in every limit: the provider took it and
 * bills it, and a phone that is switched off must not make SMS free of limits.
 */
async function failed(tx: Tx, { account, passcode, reason, now }: FailedReport, ended: Write): Promise<Write> {
	const reported: Write = { ...ended, event: { name: 'messageReported', reason } };
	if (!isAwaited(account, passcode)) return reported;
	const issues = await listIssues(tx, account.id, now);
	const endsAt = after(now, failedSmsWaitMs(issues.filter(({ notSentAt }) => notSentAt).length + 1));
	const resendAvailableAt = endsAt < passcode.resendAvailableAt ? endsAt : passcode.resendAvailableAt;
	return {
		...reported,
		account: { smsFailedAt: now },
		rows: [...(ended.rows ?? []), { changePasscode: { id: passcode.id, resendAvailableAt } }],
	};
}

function isNewest({ passcodesIssued }: AccountRow, { number }: PasscodeRow): boolean {
	return number === passcodesIssued;
}

/** Whether the user still waits for the passcode: it is the newest, unused, and asked for after the last "Remind me later". */
function isAwaited(account: AccountRow, passcode: PasscodeRow): boolean {
	const { phoneDeferredUntil, reminderIntervalMs } = account;
	const deferredAt = phoneDeferredUntil && after(phoneDeferredUntil, -(reminderIntervalMs ?? 0));
	const isDeferred = deferredAt !== null && deferredAt >= passcode.issuedAt;
	return isNewest(account, passcode) && !passcode.usedAt && !account.phoneVerifiedAt && !isDeferred;
}
