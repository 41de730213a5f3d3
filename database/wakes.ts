import { sql } from 'kysely';
import { WAKE_AFTER_ACT_MS, WAKE_AFTER_OWED_MS, WAKE_BACKOFF_MAX_MS } from '../domain/policy.js';
import { after, type Instant } from '../domain/time.js';
import type { Db } from './connect.js';

/** An account whose workflow should have looked by now. */
export interface Overdue {
	id: string;
	wakeMisses: number;
	/** Until when this sweep holds it. */
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
 * The account's workflow took the signal: it is expected to have looked in a minute, and less and less soon the more
 * often nobody did, up to an hour.
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
