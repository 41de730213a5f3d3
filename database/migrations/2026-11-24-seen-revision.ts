import { type Kysely, sql } from 'kysely';

/** What the workflow knows of an account, so that the end of a delivery can tell whether a look is still to come. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table accounts add column seen_revision int`.execute(db);
}
