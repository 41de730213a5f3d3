import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { KeyRing } from '../domain/credentials/keys.js';
import { digestSessionToken, mintSessionToken } from '../domain/credentials/session-token.js';
import { ROTATION_GRACE_MS, SESSION_IDLE_MS, SESSION_LIFETIME_MS, SESSION_TOUCH_MS } from '../domain/policy.js';
import { after, type Instant, msUntil } from '../domain/time.js';
import type { Db } from './connect.js';
import type { AccountRow, SessionRow, SessionTokensTable } from './schema.js';

/** A session that still lives, its account, and whether the token that named it was rotated out. */
export interface FoundSession {
	session: SessionRow;
	account: AccountRow;
	rotated: boolean;
}

/** The live session a token belongs to, or was rotated out of up to a minute ago; null when there is none. */
export async function findSession(db: Db, keys: KeyRing, token: string, now: Instant): Promise<FoundSession | null> {
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
			't.digest as tokenDigest',
			't.tag as tokenTag',
			't.rotatedAt as tokenRotatedAt',
		])
		.where('t.digest', '=', digestSessionToken(token))
		.where('a.erasedAt', 'is', null)
		.executeTakeFirst();
	if (!row || (row.tokenRotatedAt && after(row.tokenRotatedAt, ROTATION_GRACE_MS) <= now)) return null;
	const session: SessionRow = {
		id: row.sessionId,
		accountId: row.id,
		assurance: row.assurance,
		temporaryPasswordId: row.sessionTemporaryPasswordId,
		createdAt: row.sessionCreatedAt,
		usedAt: row.sessionUsedAt,
		expiresAt: row.sessionExpiresAt,
	};
	if (sessionEndsAt(session, row) <= now) return null;
	const rotated = row.tokenRotatedAt !== null;
	// A token that was rotated out was bound at an assurance which its session no longer has.
	const assurances = rotated ? ASSURANCES : [session.assurance];
	const isBound = assurances.some((assurance) => {
		const parts = tagged(row.tokenDigest, { ...session, assurance });
		return row.tokenTag !== null && keys.verify(row.tokenTag, 'session', ...parts);
	});
	return isBound ? { session, account: row, rotated } : null;
}

const ASSURANCES = ['temporary-password', 'password', 'two-factor'] as const satisfies SessionRow['assurance'][];

/**
 * What a token's tag binds together under a key. Without the key, a row written into the database opens no session, moves
 * no token to another session, and gives no session another account or assurance.
 */
function tagged(digest: string, { id, accountId, assurance }: SessionRow): string[] {
	return [digest, id, accountId, assurance];
}

function mintToken(keys: KeyRing, session: SessionRow): { token: string; row: SessionTokensTable } {
	const token = mintSessionToken();
	const digest = digestSessionToken(token);
	const tag = keys.digest('session', ...tagged(digest, session));
	return { token, row: { digest, tag, sessionId: session.id, rotatedAt: null } };
}

/** When the session ends: after 24 hours, an idle hour, or with the temporary password that opened it. */
export function sessionEndsAt(session: SessionRow, account: AccountRow): Instant {
	const idle = after(session.usedAt, SESSION_IDLE_MS);
	const end = session.expiresAt < idle ? session.expiresAt : idle;
	if (session.assurance !== 'temporary-password') return end;
	const follows = account.temporaryPasswordExpiresAt;
	return follows < end ? follows : end;
}

/** Notes a use, at most once a minute. */
export async function touchSession(db: Db, session: SessionRow, now: Instant): Promise<void> {
	if (msUntil(session.usedAt, now) < SESSION_TOUCH_MS) return;
	await db.updateTable('sessions').set({ usedAt: now }).where('id', '=', session.id).execute();
}

/** Opens a session and gives its row and its token. Those that a temporary password opened end: it opens one at a time. */
export async function openSession(
	tx: Db,
	keys: KeyRing,
	opened: Pick<SessionRow, 'accountId' | 'assurance' | 'temporaryPasswordId'>,
	now: Instant,
): Promise<{ session: SessionRow; token: string }> {
	const expiresAt = after(now, SESSION_LIFETIME_MS);
	const session: SessionRow = { ...opened, id: randomUUID(), createdAt: now, usedAt: now, expiresAt };
	const { token, row } = mintToken(keys, session);
	await tx
		.with('ended', (db) => endingSessions(db, opened.accountId, { openedBy: 'temporary-password' }))
		.with('opened', (db) => db.insertInto('sessions').values(session).returning('id'))
		.insertInto('sessionTokens')
		.values(row)
		.execute();
	return { session, token };
}

/**
 * Raises a session's assurance: a new token, the old ones out, a new lifetime (ASVS 7.2.4). With `alone`, the account's
 * other sessions end.
 */
export async function rotateSession(
	tx: Db,
	keys: KeyRing,
	session: SessionRow,
	{ assurance, alone }: { assurance: SessionRow['assurance']; alone: boolean },
	now: Instant,
): Promise<{ session: SessionRow; token: string }> {
	const raised = { assurance, temporaryPasswordId: null, usedAt: now, expiresAt: after(now, SESSION_LIFETIME_MS) };
	const { token, row } = mintToken(keys, { ...session, ...raised });
	await tx
		.with('ended', (db) =>
			endingSessions(db, session.accountId, { except: session.id }).$if(!alone, (none) =>
				none.where(sql<boolean>`false`),
			),
		)
		.with('raised', (db) => db.updateTable('sessions').set(raised).where('id', '=', session.id))
		.with('out', (db) =>
			db
				.updateTable('sessionTokens')
				.set({ rotatedAt: now })
				.where('sessionId', '=', session.id)
				.where('rotatedAt', 'is', null),
		)
		.insertInto('sessionTokens')
		.values(row)
		.execute();
	return { session: { ...session, ...raised }, token };
}

export async function endSession(tx: Db, sessionId: string): Promise<void> {
	await tx.deleteFrom('sessions').where('id', '=', sessionId).execute();
}

/** Which sessions of an account: all but one, or only those that a temporary password opened. */
interface WhichSessions {
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
