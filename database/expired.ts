import { sql } from 'kysely';
import type { Instant } from '../domain/time.js';
import type { Db } from './connect.js';

/** Bounds what one pass holds locked; the next one goes on. */
const AT_MOST = 1_000;

/**
 * Removes what has expired: stored answers and drafts (which name people), sessions with
 * their tokens, and counters.
 * Skips what somebody holds, so that no act waits for it, nor it for one. Gives how many rows are gone.
 */
export async function removeExpired(db: Db, now: Instant): Promise<number> {
	let removed = 0;
	for (const table of ['answers', 'sessions', 'limits', 'batchDrafts'] as const) {
		const expired = db.selectFrom(table).select(sql`ctid`.as('ctid')).where('expiresAt', '<=', now);
		const { numDeletedRows } = await db
			.deleteFrom(table)
			.where(sql`ctid`, 'in', expired.limit(AT_MOST).forUpdate().skipLocked())
			.executeTakeFirst();
		removed += Number(numDeletedRows);
	}
	return removed;
}
