import { sql } from 'kysely';
import type { Pace } from '../domain/policy.js';
import { after, DAY_MS, type Instant } from '../domain/time.js';
import type { Db } from './connect.js';

/**
 * A counter shared by all processes: at most `limit` in `windowMs` from its first count. The key contains no personal
 * data.
 */
export interface Limit {
	key: string;
	limit: number;
	windowMs: number;
}

/** Alternatives, best first: one thing is counted under all limits of the first alternative that has room. */
export type Pot = readonly (readonly Limit[])[];

/**
 * Counts one against every limit, or against none: gives null when all had room, else the moment the first full one
 * opens again. One statement, in one order of keys, so that concurrent acts neither deadlock nor pass together.
 */
export async function takeFromLimits(db: Db, limits: Limit[], now: Instant): Promise<Instant | null> {
	const full = await takeAllOrNone(db, limits, now);
	return full.length > 0 ? opensAt(db, full, now) : null;
}

/** Counts one in every pot, or in none: gives the keys it was counted under, else the moment it can be. */
export async function takeFromPots(
	db: Db,
	pots: readonly Pot[],
	now: Instant,
): Promise<{ taken: string[] } | { opensAt: Instant }> {
	let left = pots;
	for (;;) {
		const limits = left.flatMap(([first = []]) => first);
		const full = await takeAllOrNone(db, limits, now);
		if (full.length === 0) return { taken: limits.map(({ key }) => key) };
		const isFull = ([first = []]: Pot) => first.some((limit) => full.includes(limit));
		if (left.some((pot) => isFull(pot) && pot.length < 2)) return { opensAt: await opensAt(db, full, now) };
		left = left.map((pot) => (isFull(pot) ? pot.slice(1) : pot));
	}
}

/** Counts one against every limit when all have room. Gives those that have none. */
async function takeAllOrNone(db: Db, limits: Limit[], now: Instant): Promise<Limit[]> {
	const sorted = [...limits].sort((a, b) => (a.key < b.key ? -1 : 1));
	const rows = sorted.map(
		({ key, limit, windowMs }) => sql`(${key}::text, ${limit}::int, ${after(now, windowMs)}::timestamptz)`,
	);
	const { rows: taken } = await sql<{ key: string }>`
		insert into limits as l (key, count, expires_at)
		select v.key, 1, v.expires_at from (values ${sql.join(rows)}) as v (key, "limit", expires_at) where v."limit" > 0
		on conflict (key) do update set
			count = case when l.expires_at <= ${now}::timestamptz then 1 else l.count + 1 end,
			expires_at = case when l.expires_at <= ${now}::timestamptz then excluded.expires_at else l.expires_at end
		where l.expires_at <= ${now}::timestamptz or l.count < (
			select v."limit" from (values ${sql.join(rows)}) as v (key, "limit", expires_at) where v.key = l.key)
		returning key`.execute(db);
	if (taken.length === sorted.length) return [];
	const keys = taken.map(({ key }) => key);
	await giveBackToLimits(db, keys);
	return sorted.filter(({ key }) => !keys.includes(key));
}

/** How much is counted under these keys now. */
export async function countsOf(db: Db, keys: string[], now: Instant): Promise<Map<string, number>> {
	const query = db.selectFrom('limits').select(['key', 'count']).where('key', 'in', keys).where('expiresAt', '>', now);
	return new Map((await query.execute()).map(({ key, count }) => [key, count]));
}

/** Until when attempts under these keys wait, where that still lies ahead; null when none waits. */
export async function slowedUntil(db: Db, keys: string[], now: Instant): Promise<Instant | null> {
	const query = db.selectFrom('limits').select('slowedUntil').where('key', 'in', keys).where('expiresAt', '>', now);
	const rows = await query.where('slowedUntil', '>', now).orderBy('slowedUntil', 'desc').execute();
	return rows[0]?.slowedUntil ?? null;
}

/** Gives back counts for something that did not happen, in the order in which limits are taken. */
export async function giveBackToLimits(db: Db, keys: string[]): Promise<void> {
	for (const key of [...keys].sort()) {
		const less = db.updateTable('limits').set({ count: sql`count - 1` });
		await less.where('key', '=', key).where('count', '>', 0).execute();
	}
}

async function opensAt(db: Db, full: Limit[], now: Instant): Promise<Instant> {
	const keys = full.map(({ key }) => key);
	const rows = await db.selectFrom('limits').select('expiresAt').where('key', 'in', keys).execute();
	const moments = rows.map(({ expiresAt }) => expiresAt).concat(rows.length ? [] : [after(now, DAY_MS)]);
	return moments.reduce((last, at) => (at > last ? at : last));
}

/**
 * Reserves one attempt at a password *before* it is compared: null when it may be, else the moment the slow-down ends.
 * A thousand guesses at once meet this row one after the other, so no more are compared than the pace allows. Under
 * `exempt` the attempt is counted and never refused.
 */
export async function reserveAttempt(
	db: Db,
	key: string,
	{ free, max, firstWaitMs, longestWaitMs, forgetAfterMs }: Pace,
	now: Instant,
	exempt = false,
): Promise<Instant | null> {
	const doubled = sql`${firstWaitMs}::float8 * power(2, least(l.count + 1 - ${free}::int, 20))`;
	const slowed = sql`least(${doubled}, ${longestWaitMs}::float8)`;
	const wait = sql`case when l.count + 1 >= ${max}::int then ${forgetAfterMs}::float8 else ${slowed} end * interval '1 millisecond'`;
	const fresh = sql`l.expires_at <= ${now}::timestamptz`;
	const { rows } = await sql<{ count: number }>`
		insert into limits as l (key, count, slowed_until, expires_at)
		values (${key}, 1, ${free <= 1 ? after(now, firstWaitMs) : null}::timestamptz, ${after(now, forgetAfterMs)}::timestamptz)
		on conflict (key) do update set
			count = case when ${fresh} then 1 else l.count + 1 end,
			slowed_until = case when ${fresh} then excluded.slowed_until when l.count + 1 >= ${free}::int then ${now}::timestamptz + ${wait} end,
			expires_at = excluded.expires_at
		where ${exempt}::boolean or ${fresh} or l.slowed_until is null or l.slowed_until <= ${now}::timestamptz
		returning count`.execute(db);
	if (rows.length > 0) return null;
	const row = await db.selectFrom('limits').select('slowedUntil').where('key', '=', key).executeTakeFirst();
	return row?.slowedUntil ?? now;
}

/** Forgets the failures under these keys: only success does. */
export async function clearLimits(db: Db, keys: string[]): Promise<void> {
	await db.deleteFrom('limits').where('key', 'in', keys).execute();
}
