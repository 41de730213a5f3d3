import { type Kysely, sql } from 'kysely';

/**
 * The revision that the workflow knows, so that the end of a delivery can tell whether the workflow must still look.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table accounts add column seen_revision int`.execute(db);
}
