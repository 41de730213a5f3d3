import { type RawBuilder, sql } from 'kysely';
import { WAKE_AFTER_ACT_MS, WAKE_AFTER_OWED_MS, WAKE_BACKOFF_MAX_MS } from '../domain/policy.js';
import { after, type Instant, MINUTE_MS } from '../domain/time.js';
import type { Db } from './connect.js';

/** An overdue account: its workflow should have read the facts by now. */
export interface Overdue {
	id: string;
	wakeMisses: number;
	/** Until when this sweep claims it. */
	wakeBy: Instant | null;
}

/** Claims overdue accounts for ten seconds, most overdue first; two sweeps never claim the same. */
export async function claimOverdue(db: Db, limit: number, now: Instant): Promise<Overdue[]> {
	return db
		.updateTable('accounts')
		.set({ wakeBy: after(now, WAKE_AFTER_ACT_MS) })
		.where('id', 'in', (query) =>
			query
				.selectFrom('accounts')
				.select('id')
				.where('wakeBy', '<=', now)
				.orderBy('wakeBy')
				.limit(limit)
				.forUpdate()
				.skipLocked(),
		)
		.returning(['id', 'wakeMisses', 'wakeBy'])
		.execute();
}

/**
 * The account's workflow took the signal: the workflow is expected to look within a minute. The wait grows with each
 * time the workflow did not look, up to an hour.
 */
export async function noteWoken(db: Db, { id, wakeMisses, wakeBy }: Overdue, now: Instant): Promise<void> {
	const wait = Math.min(WAKE_AFTER_OWED_MS * 2 ** Math.min(wakeMisses, 10), WAKE_BACKOFF_MAX_MS);
	await db
		.updateTable('accounts')
		.set({ wakeBy: after(now, wait), wakeMisses: sql`wake_misses + 1` })
		.where('id', '=', id)
		.where('wakeBy', '=', wakeBy)
		.execute();
}

/**
 * `wakeBy` of `domain/facts.ts` in SQL, for the row `a` of `accounts` and what it is owed besides one message, which has
 * just ended. `expiresAt` is when the temporary password will then expire. A property test holds the two together.
 */
export function wakeByOf(ended: { messageId: string; expiresAt: RawBuilder<unknown> }, now: Instant) {
	const { messageId, expiresAt } = ended;
	const deadline = sql`case when a.password_changed_at is null and ${expiresAt} > ${now}::timestamptz then ${expiresAt} end`;
	const message = sql`(
		select greatest(${now}::timestamptz, ${now}::timestamptz + (${now}::timestamptz - min(m.created_at)) - ${ms(MINUTE_MS)})
		from messages m
		where m.account_id = a.id and m.state in ('queued', 'sending') and m.id <> ${messageId}
		having count(*) > 0)`;
	// An erased account is owed its last mail and nothing else.
	const others = sql`case when a.erased_at is null then least(${deadline}, a.reminder_due_at) end`;
	return sql<Instant | null>`least(${others}, ${message}) + ${ms(WAKE_AFTER_OWED_MS)}`;
}

/**
 * What the end of a delivery writes to its account besides. The workflow hears of that end without another look, so it
 * moves `wakeBy` as a look would; unless an act came that the workflow has yet to look at, and whose `wakeBy` must stay.
 */
export function noteEnded(ended: { messageId: string; expiresAt: RawBuilder<unknown> }, now: Instant) {
	const isSeen = sql`a.seen_revision = a.revision`;
	return sql`
		wake_by = case when ${isSeen} then ${wakeByOf(ended, now)} else a.wake_by end,
		seen_revision = case when ${isSeen} then a.revision + 1 else a.seen_revision end,
		revision = a.revision + 1`;
}

function ms(milliseconds: number) {
	return sql`${milliseconds}::int8 * interval '1 millisecond'`;
}
