import { sql } from 'kysely';
import type { Policy } from '../domain/policy.js';
import { after, type Instant } from '../domain/time.js';
import type { Db } from './connect.js';

/** Bounds the rows that one pass locks; the next pass continues. */
const AT_MOST = 1_000;

/**
 * Removes what has expired: stored answers and drafts (which name people), sessions with their tokens and pending
 * authenticators, counters, known networks, and what the retention of events ends. Skips locked rows, so that no act
 * waits for housekeeping and housekeeping waits for no act. Returns the number of removed rows.
 */
export async function removeExpired(
	db: Db,
	{ eventRetentionMs }: Pick<Policy, 'eventRetentionMs'>,
	now: Instant,
): Promise<number> {
	let removed = 0;
	for (const table of ['answers', 'sessions', 'limits', 'knownNetworks', 'batchDrafts'] as const) {
		const expired = db.selectFrom(table).select(sql`ctid`.as('ctid')).where('expiresAt', '<=', now);
		const { numDeletedRows } = await db
			.deleteFrom(table)
			.where(sql`ctid`, 'in', expired.limit(AT_MOST).forUpdate().skipLocked())
			.executeTakeFirst();
		removed += Number(numDeletedRows);
	}
	return removed + (await endRetention(db, after(now, -eventRetentionMs)));
}

/**
 * Events without an account (sign-ins with unknown e-mails) go; the others stay for the audit without their network. Of
 * batch rows that were never registered, the persons go.
 */
async function endRetention(db: Db, before: Instant): Promise<number> {
	const old = db.selectFrom('events').select('id').where('at', '<=', before).limit(AT_MOST).forUpdate().skipLocked();
	const { numDeletedRows } = await db
		.deleteFrom('events')
		.where('id', 'in', old.where('accountId', 'is', null))
		.executeTakeFirst();
	await db
		.updateTable('events')
		.set({ source: null })
		.where('id', 'in', old.where('source', 'is not', null))
		.execute();
	await db
		.updateTable('batchRows')
		.set({ email: null, name: null })
		.where('state', '=', 'stopped')
		.where('email', 'is not', null)
		.where('doneAt', '<=', before)
		.execute();
	return Number(numDeletedRows);
}
