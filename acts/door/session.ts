import { randomUUID } from 'node:crypto';
import type { Db } from '../../database/connect.js';
import type { RowChange } from '../../database/row-changes.js';
import type { AccountRow, SessionRow, SessionTokensTable } from '../../database/schema.js';
import { findSessionOf } from '../../database/sessions.js';
import type { KeyRing } from '../../domain/credentials/keys.js';
import { digestSessionToken, mintSessionToken } from '../../domain/credentials/session-token.js';
import { ROTATION_GRACE_MS, SESSION_IDLE_MS, SESSION_LIFETIME_MS } from '../../domain/policy.js';
import { after, type Instant } from '../../domain/time.js';
import type { Assurance } from '../views.js';

/** A live session, its account, and whether the token that named it was rotated out. */
export interface FoundSession {
	session: SessionRow;
	account: AccountRow;
	rotated: boolean;
}

/**
 * The live session of a token, also of one rotated out in the last minute; null when there is none. A frozen account has
 * none, even if another version of the product opens one for it.
 */
export async function findSession(db: Db, keys: KeyRing, token: string, now: Instant): Promise<FoundSession | null> {
	const found = await findSessionOf(db, digestSessionToken(token));
	if (!found) return null;
	const { session, account } = found;
	const { rotatedAt } = found.token;
	if (rotatedAt && after(rotatedAt, ROTATION_GRACE_MS) <= now) return null;
	if (account.frozenAt || sessionEndsAt(session, account) <= now) return null;
	return isBound(keys, session, found.token) ? { session, account, rotated: rotatedAt !== null } : null;
}

/** When the session ends: after 24 hours, after an idle hour, or when the temporary password that opened it expires. */
export function sessionEndsAt(session: SessionRow, account: AccountRow): Instant {
	const idle = after(session.usedAt, SESSION_IDLE_MS);
	const end = session.expiresAt < idle ? session.expiresAt : idle;
	if (session.assurance !== 'temporary-password') return end;
	const follows = account.temporaryPasswordExpiresAt;
	return follows < end ? follows : end;
}

/** A session that an act opens or raises: its row, its new token, and the change that writes both. */
export interface IssuedSession {
	session: SessionRow;
	token: string;
	change: RowChange;
}

/** Opens a session of 24 hours. */
export function issueSession(
	keys: KeyRing,
	opened: Pick<SessionRow, 'accountId' | 'assurance' | 'temporaryPasswordId'>,
	now: Instant,
): IssuedSession {
	const expiresAt = after(now, SESSION_LIFETIME_MS);
	const session: SessionRow = { ...opened, id: randomUUID(), createdAt: now, usedAt: now, expiresAt };
	const { token, row } = mintToken(keys, session);
	return { session, token, change: { openSession: { session, token: row } } };
}

/**
 * Raises a session's assurance: it gets a new token and a new lifetime, and the old token is rotated out (ASVS 7.2.4).
 * `alone` ends the account's other sessions.
 */
export function raiseSession(
	keys: KeyRing,
	session: SessionRow,
	{ assurance, alone }: { assurance: Assurance; alone: boolean },
	now: Instant,
): IssuedSession {
	const expiresAt = after(now, SESSION_LIFETIME_MS);
	const raised: SessionRow = { ...session, assurance, temporaryPasswordId: null, usedAt: now, expiresAt };
	const { token, row } = mintToken(keys, raised);
	return { session: raised, token, change: { rotateSession: { session: raised, token: row, alone } } };
}

function mintToken(keys: KeyRing, session: SessionRow): { token: string; row: SessionTokensTable } {
	const token = mintSessionToken();
	const digest = digestSessionToken(token);
	const tag = keys.digest('session', ...tagged(digest, session));
	return { token, row: { digest, tag, sessionId: session.id, rotatedAt: null } };
}

/**
 * What a token's tag binds together under a key. Without the key, a row written into the database opens no session, moves
 * no token to another session, and gives no session another account or assurance.
 */
function tagged(digest: string, { id, accountId, assurance }: SessionRow): string[] {
	return [digest, id, accountId, assurance];
}

const ASSURANCES: Assurance[] = ['temporary-password', 'password', 'two-factor'];

/** Whether the tag is ours. A rotated token was bound at an earlier assurance, so each assurance is tried for it. */
function isBound(keys: KeyRing, session: SessionRow, { digest, tag, rotatedAt }: SessionTokensTable): boolean {
	const assurances = rotatedAt ? ASSURANCES : [session.assurance];
	return assurances.some(
		(assurance) => tag !== null && keys.verify(tag, 'session', ...tagged(digest, { ...session, assurance })),
	);
}
