import { type Kysely, sql } from 'kysely';

/** When the user is told by mail what was changed, unless the set-up is through before. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table accounts add column notice_due_at timestamptz`.execute(db);
}
