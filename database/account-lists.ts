import { type SelectQueryBuilder, sql } from 'kysely';
import type { Attention, Step } from '../domain/step.js';
import type { Instant } from '../domain/time.js';
import type { Db } from './connect.js';
import type { AccountRow, Schema } from './schema.js';
import { isWaiting, needs, standsAt } from './steps.js';

export interface AccountsFilter {
	step?: Step | undefined;
	/** `any`: whatever it is that needs somebody. */
	attention?: Attention | 'any' | undefined;
	/** Part of an e-mail. */
	email?: string | undefined;
}

/** Where a list goes on: after the account that stands at `at` in its order. */
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
