import { sql } from 'kysely';
import { SESSION_TOUCH_MS } from '../domain/policy.js';
import { type Instant, msUntil } from '../domain/time.js';
import type { Db, Tx } from './connect.js';
import type { AccountRow, SessionRow, SessionTokensTable } from './schema.js';

/** A session as its token names it, with its account. Whether the token opens it is for the door to judge. */
export interface SessionOfToken {
	session: SessionRow;
	account: AccountRow;
	token: SessionTokensTable;
}

/** The session that a token's digest belongs to; null when there is none. */
export async function findSessionOf(db: Db, tokenDigest: string): Promise<SessionOfToken | null> {
	const row = await db
		.selectFrom('sessionTokens as t')
		.innerJoin('sessions as s', 's.id', 't.sessionId')
		.innerJoin('accounts as a', 'a.id', 's.accountId')
		.selectAll('a')
		.select([
			's.id as sessionId',
			's.assurance',
			's.temporaryPasswordId as sessionTemporaryPasswordId',
			's.createdAt as sessionCreatedAt',
			's.usedAt as sessionUsedAt',
			's.expiresAt as sessionExpiresAt',
			't.tag as tokenTag',
			't.rotatedAt as tokenRotatedAt',
		])
		.where('t.digest', '=', tokenDigest)
		.where('a.erasedAt', 'is', null)
		.executeTakeFirst();
	if (!row) return null;
	const session: SessionRow = {
		id: row.sessionId,
		accountId: row.id,
		assurance: row.assurance,
		temporaryPasswordId: row.sessionTemporaryPasswordId,
		createdAt: row.sessionCreatedAt,
		usedAt: row.sessionUsedAt,
		expiresAt: row.sessionExpiresAt,
	};
	const token = { digest: tokenDigest, sessionId: row.sessionId, tag: row.tokenTag, rotatedAt: row.tokenRotatedAt };
	return { session, account: row, token };
}

/** A session to be opened or rotated, with the row of its new token. */
export interface OpenedSession {
	session: SessionRow;
	token: SessionTokensTable;
}

/** Notes a use, at most once a minute. */
export async function touchSession(db: Db, session: SessionRow, now: Instant): Promise<void> {
	if (msUntil(session.usedAt, now) < SESSION_TOUCH_MS) return;
	await db.updateTable('sessions').set({ usedAt: now }).where('id', '=', session.id).execute();
}

/** Adds a session and its token. Sessions that a temporary password opened end: it opens one at a time. */
export async function openSession(tx: Tx, { session, token }: OpenedSession): Promise<void> {
	await tx
		.with('ended', (db) => endingSessions(db, session.accountId, { openedBy: 'temporary-password' }))
		.with('opened', (db) => db.insertInto('sessions').values(session))
		.insertInto('sessionTokens')
		.values(token)
		.execute();
}

/** Writes a session as it is after a rotation, replaces its token and, with `alone`, ends the account's other sessions. */
export async function rotateSession(
	tx: Tx,
	{ session: { id, accountId, ...raised }, token }: OpenedSession,
	alone: boolean,
	now: Instant,
): Promise<void> {
	await tx
		.with('ended', (db) =>
			endingSessions(db, accountId, { except: id }).$if(!alone, (none) => none.where(sql<boolean>`false`)),
		)
		.with('raised', (db) => db.updateTable('sessions').set(raised).where('id', '=', id))
		.with('out', (db) =>
			db
				.updateTable('sessionTokens')
				.set({ rotatedAt: now })
				.where('sessionId', '=', id)
				.where('rotatedAt', 'is', null),
		)
		.insertInto('sessionTokens')
		.values(token)
		.execute();
}

export async function endSession(tx: Db, sessionId: string): Promise<void> {
	await tx.deleteFrom('sessions').where('id', '=', sessionId).execute();
}

/** Which sessions of an account: all but one, or only those that a temporary password opened. */
export interface WhichSessions {
	except?: string;
	openedBy?: 'temporary-password';
}

export async function endSessions(tx: Db, accountId: string, which: WhichSessions = {}): Promise<void> {
	await endingSessions(tx, accountId, which).execute();
}

function endingSessions(db: Pick<Db, 'deleteFrom'>, accountId: string, { except, openedBy }: WhichSessions) {
	let query = db.deleteFrom('sessions').where('accountId', '=', accountId);
	if (except) query = query.where('id', '!=', except);
	if (openedBy) query = query.where('assurance', '=', openedBy);
	return query;
}
