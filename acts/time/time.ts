import { listOverdue } from '../../database/messages.js';
import { nextStep } from '../../domain/step.js';
import { after, type Instant, msUntil } from '../../domain/time.js';
import { notice } from '../door/notices.js';
import { type TimeContext, timeAct } from '../door/time-act.js';
import { endMessage } from './end-message.js';

/** Records once that the temporary password expired unused. Gives up its mail if that still waits. */
export async function expireTemporaryPassword(context: TimeContext, accountId: string): Promise<void> {
	await giveUpMessages(context, accountId);
	await timeAct(context, accountId, async (_tx, account, now) => {
		if (account.erasedAt || account.temporaryPasswordExpiredNotedAt) return null;
		if (nextStep(account, now) !== 'temporary-password-expired') return null;
		return { account: { temporaryPasswordExpiredNotedAt: now }, event: { name: 'temporaryPasswordExpired' } };
	});
}

/** Queues the due reminder of a deferred phone, and sets the date of the next one. */
export async function remindOfPhone(context: TimeContext, accountId: string): Promise<void> {
	await timeAct(context, accountId, async (_tx, account, now) => {
		const { reminderDueAt, reminderIntervalMs, remindersSent, email, phoneVerifiedAt, erasedAt } = account;
		if (!reminderDueAt || !reminderIntervalMs || reminderDueAt > now || phoneVerifiedAt || !email || erasedAt)
			return null;
		const sent = remindersSent + 1;
		const isLast = sent >= context.policy.phoneReminders;
		return {
			account: {
				remindersSent: sent,
				reminderDueAt: isLast ? null : followingReminder(reminderDueAt, reminderIntervalMs, now),
			},
			event: { name: 'phoneReminded' },
			messages: [notice({ accountId, template: 'phone-reminder', recipient: email }, now)],
		};
	});
}

/** The next date in the same rhythm. After an outage it skips the missed dates: one mail is enough. */
function followingReminder(dueAt: Instant, intervalMs: number, now: Instant): Instant {
	const missed = Math.floor(msUntil(dueAt, now) / intervalMs);
	return after(dueAt, (missed + 1) * intervalMs);
}

/** Ends the account's messages as failed once their `giveUpAt` has passed, also the last mail of an erased account. */
export async function giveUpMessages(context: TimeContext, accountId: string): Promise<void> {
	for (const { id } of await listOverdue(context.db, accountId, context.clock.now())) {
		await endMessage(context, { accountId, id }, 'not-delivered-in-time');
	}
}
