import { type Kysely, sql } from 'kysely';

/** When the user chose the language of the account; null while it is the one of the registration. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table accounts add column locale_chosen_at timestamptz`.execute(db);
}
