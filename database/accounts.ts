import { sql } from 'kysely';
import type { Db, Tx } from './connect.js';
import type { AccountChanges, AccountRow, Role } from './schema.js';

/**
 * The first statement of every act on an account. A concurrent act waits here, and its later statements see what the
 * first act committed.
 */
export async function lockAccount(tx: Tx, id: string): Promise<AccountRow | null> {
	const row = await tx.selectFrom('accounts').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
	return row ?? null;
}

/** Writes the changes of an act that leaves no event on a locked account, and counts the act. */
export async function changeAccount(tx: Tx, id: string, changes: AccountChanges): Promise<void> {
	await tx
		.updateTable('accounts')
		.set({ ...changes, revision: sql`revision + 1` })
		.where('id', '=', id)
		.execute();
}

/** A user's account that was not erased. An agent's account is not found. */
export async function findUser(db: Db, id: string): Promise<AccountRow | null> {
	const query = db.selectFrom('accounts').selectAll().where('id', '=', id).where('role', '=', 'user');
	return (await query.where('erasedAt', 'is', null).executeTakeFirst()) ?? null;
}

/** The accounts of agents that were not erased, oldest first. */
export function listAgents(db: Db): Promise<AccountRow[]> {
	const query = db.selectFrom('accounts').selectAll().where('role', '=', 'agent').where('erasedAt', 'is', null);
	return query.orderBy('createdAt').execute();
}

export async function findAccountByEmail(db: Db, email: string): Promise<AccountRow | null> {
	return (await db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst()) ?? null;
}

/** The accounts that have one of these e-mails. */
export async function findAccountsByEmail(db: Db, emails: string[]): Promise<Map<string, { id: string; role: Role }>> {
	const rows = await sql<{ email: string; id: string; role: Role }>`
		select email, id, role from accounts where email = any(${emails}::text[])`.execute(db);
	return new Map(rows.rows.map(({ email, id, role }) => [email, { id, role }]));
}

/** The e-mails of accounts by their ids; erased accounts are missing. */
export async function findEmails(db: Db, ids: string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await db.selectFrom('accounts').select(['id', 'email']).where('id', 'in', ids).execute();
	return new Map(rows.flatMap(({ id, email }) => (email ? [[id, email]] : [])));
}

/** Whether an error is PostgreSQL's unique violation of an account's e-mail. */
export function isEmailTaken(error: unknown): boolean {
	const { code, constraint } = error as { code?: string; constraint?: string };
	return code === '23505' && constraint === 'accounts_email_key';
}
