import { type SelectQueryBuilder, sql } from 'kysely';
import { type Attention, STEPS, type Step } from '../domain/step.js';
import type { Instant } from '../domain/time.js';
import type { Db } from './connect.js';
import type { AccountRow, Schema } from './schema.js';
import { isWaiting, needs, standsAt } from './steps.js';

export interface AccountsFilter {
	step?: Step | undefined;
	/** `any`: every account that needs attention, whatever the reason. */
	attention?: Attention | 'any' | undefined;
	/** Part of an e-mail. */
	email?: string | undefined;
}

/** Where the next page starts: after the account whose position is `at`. */
export interface Place {
	at: Instant;
	id: string;
}

type Accounts = SelectQueryBuilder<Schema, 'accounts', AccountRow>;

/** Users that were not erased, newest first. */
export function listNewest(
	db: Db,
	filter: AccountsFilter,
	{ after, limit, now }: { after?: Place | undefined; limit: number; now: Instant },
): Promise<AccountRow[]> {
	return newestOf(usersOf(db, filter, now), after, limit);
}

/** Users that still have a live temporary password to change, the one that expires soonest first. */
export function listSoonest(
	db: Db,
	filter: AccountsFilter,
	{ after, limit, now }: { after?: Place | undefined; limit: number; now: Instant },
): Promise<AccountRow[]> {
	let query = usersOf(db, filter, now).where(isWaiting(now));
	if (after) {
		query = query.where(
			sql<boolean>`(temporary_password_expires_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)`,
		);
	}
	return query.orderBy('temporaryPasswordExpiresAt').orderBy('id').limit(limit).execute();
}

/** The others, newest first. */
export function listNotWaiting(
	db: Db,
	filter: AccountsFilter,
	{ after, limit, now }: { after?: Place | undefined; limit: number; now: Instant },
): Promise<AccountRow[]> {
	return newestOf(usersOf(db, filter, now).where(sql<boolean>`not ${isWaiting(now)}`), after, limit);
}

/** How many users stand at each step, and how many need attention, in one pass. */
export async function countSteps(db: Db, now: Instant): Promise<Record<Step | 'attention', number>> {
	const groups = [...STEPS.map((step) => standsAt(step, now)), needs('any', now)];
	const row = await db
		.selectFrom('accounts')
		.select(groups.map((holds, n) => sql<number>`count(*) filter (where ${holds})`.as(`n${n}`)))
		.where('role', '=', 'user')
		.where('erasedAt', 'is', null)
		.executeTakeFirstOrThrow();
	const names = [...STEPS, 'attention'] as const;
	return Object.fromEntries(names.map((name, n) => [name, row[`n${n}`] ?? 0])) as Record<
		(typeof names)[number],
		number
	>;
}

function usersOf(db: Db, { step, attention, email }: AccountsFilter, now: Instant): Accounts {
	let query = db.selectFrom('accounts').selectAll().where('role', '=', 'user').where('erasedAt', 'is', null);
	if (step) query = query.where(standsAt(step, now));
	if (attention) query = query.where(needs(attention, now));
	if (email) query = query.where('email', 'like', `%${email.replace(/[\\%_]/g, '\\$&')}%`);
	return query;
}

function newestOf(query: Accounts, after: Place | undefined, limit: number): Promise<AccountRow[]> {
	const rest = after
		? query.where(sql<boolean>`(created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
		: query;
	return rest.orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit).execute();
}
