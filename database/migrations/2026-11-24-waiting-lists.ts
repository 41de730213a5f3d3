import { type Kysely, sql } from 'kysely';

/** A list that an agent looks through before its people are registered. It goes when it becomes a batch or expires. */
const STATEMENTS = [
	sql`create table batch_drafts (
		id uuid primary key,
		created_by text not null,
		list text,
		batch_id uuid references batches,
		expires_at timestamptz not null
	)`,
	sql`create index batch_drafts_newest on batch_drafts (created_by, expires_at desc)`,
	sql`create index batch_drafts_expiry on batch_drafts (expires_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await statement.execute(db);
}
