import { type Kysely, sql } from 'kysely';

/** When a mail tells the user what changed, unless the set-up is complete before. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table accounts add column notice_due_at timestamptz`.execute(db);
}
