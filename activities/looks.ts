import { ApplicationFailure } from '@temporalio/common';
import { changeAccount, lockAccount } from '../database/accounts.js';
import type { Tx } from '../database/connect.js';
import { insertEvents } from '../database/events.js';
import { lookAtFacts } from '../database/facts.js';
import { insertMessages, listOverdue } from '../database/messages.js';
import { notice } from '../database/notices.js';
import type { AccountRow } from '../database/schema.js';
import type { Facts } from '../domain/facts.js';
import { nextStep } from '../domain/step.js';
import { after, type Instant, msUntil } from '../domain/time.js';
import type { ActivityDependencies } from './dependencies.js';
import { endFailed } from './endings.js';
import type { AboutAccount, Activities } from './types.js';

/** The actor of audit events that no person caused. */
const ACTOR = 'workflow';

type Looks = Pick<Activities, 'loadFacts' | 'expireTemporaryPassword' | 'remindOfPhone' | 'giveUpMessages'>;

/** The acts of time on an account. Each one reads the facts afterwards. */
export function createLooks({ db, clock, keys, policy }: ActivityDependencies): Looks {
	async function loadFacts({ accountId }: AboutAccount): Promise<Facts> {
		const facts = await lookAtFacts(db, accountId, clock.now());
		if (!facts) throw ApplicationFailure.nonRetryable('There is no such account.', 'AccountMissing');
		return facts;
	}

	/** Runs `change` on the locked account, then looks. Of an erased account nothing changes but its last mail. */
	async function changeThenLook(
		accountId: string,
		change: (tx: Tx, account: AccountRow, now: Instant) => Promise<void>,
		{ evenErased = false } = {},
	) {
		await db.transaction().execute(async (tx) => {
			const account = await lockAccount(tx, accountId);
			if (account && (evenErased || !account.erasedAt)) await change(tx, account, clock.now());
		});
		return loadFacts({ accountId });
	}

	async function endOverdue(tx: Tx, account: AccountRow, now: Instant): Promise<void> {
		for (const { id } of await listOverdue(tx, account.id, now)) {
			await endFailed(tx, keys, account, id, 'not-delivered-in-time', now);
		}
	}

	return {
		loadFacts,
		expireTemporaryPassword: ({ accountId }) =>
			changeThenLook(accountId, async (tx, account, now) => {
				if (nextStep(account, now) !== 'temporary-password-expired' || account.temporaryPasswordExpiredNotedAt) return;
				await endOverdue(tx, account, now);
				await changeAccount(tx, accountId, { temporaryPasswordExpiredNotedAt: now }, null);
				await insertEvents(tx, [eventOf(account.id, 'temporaryPasswordExpired', now)]);
			}),
		remindOfPhone: ({ accountId }) =>
			changeThenLook(accountId, async (tx, account, now) => {
				const { reminderDueAt, reminderIntervalMs, remindersSent, email } = account;
				if (!reminderDueAt || !reminderIntervalMs || reminderDueAt > now || account.phoneVerifiedAt || !email) return;
				const sent = remindersSent + 1;
				const next = sent < policy.phoneReminders ? followingReminder(reminderDueAt, reminderIntervalMs, now) : null;
				await changeAccount(tx, accountId, { remindersSent: sent, reminderDueAt: next }, null);
				await insertMessages(tx, keys, [notice({ accountId, template: 'phone-reminder', recipient: email }, now)], now);
				await insertEvents(tx, [eventOf(account.id, 'phoneReminded', now)]);
			}),
		giveUpMessages: ({ accountId }) => changeThenLook(accountId, endOverdue, { evenErased: true }),
	};
}

/** The next date in step with the last one. Dates missed in an outage are skipped: one mail is enough. */
function followingReminder(dueAt: Instant, intervalMs: number, now: Instant): Instant {
	const missed = Math.floor(msUntil(dueAt, now) / intervalMs);
	return after(dueAt, (missed + 1) * intervalMs);
}

function eventOf(accountId: string, name: 'temporaryPasswordExpired' | 'phoneReminded', at: Instant) {
	return { accountId, name, actor: ACTOR, at, reason: null, source: null };
}
