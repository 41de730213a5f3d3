import { sql } from 'kysely';
import type { Db, Tx } from './connect.js';
import type { AuthenticatorRow } from './schema.js';

/** The authenticator that a session has been shown and has not confirmed. */
export async function findPendingAuthenticator(db: Db, sessionId: string): Promise<AuthenticatorRow | null> {
	const query = db.selectFrom('authenticators').selectAll().where('sessionId', '=', sessionId);
	return (await query.executeTakeFirst()) ?? null;
}

/**
 * Adds a session's pending authenticator, unless it has one or the session has ended. Gives whether it was added. The
 * session's row is locked against its end, so that none outlives its session.
 */
export async function addPendingAuthenticator(tx: Tx, pending: AuthenticatorRow): Promise<boolean> {
	const { id, accountId, sessionId, secret, createdAt } = pending;
	const { rows } = await sql`
		insert into authenticators (id, account_id, session_id, secret, created_at)
		select ${id}::uuid, ${accountId}::uuid, s.id, ${secret}, ${createdAt}::timestamptz
		from (select id from sessions where id = ${sessionId}::uuid for key share) as s
		on conflict (session_id) do nothing
		returning id`.execute(tx);
	return rows.length > 0;
}

/** Ends every pending authenticator of an account. */
export async function endPendingAuthenticators(tx: Tx, accountId: string): Promise<void> {
	await tx.deleteFrom('authenticators').where('accountId', '=', accountId).execute();
}
