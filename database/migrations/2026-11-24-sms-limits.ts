import { type Kysely, sql } from 'kysely';

/**
 * Under which counters a passcode was counted, so that exactly those get it back; when and whether a batch was stopped;
 * and which events the retention concerns.
 */
const STATEMENTS = [
	sql`alter table passcodes add column taken_from text[], add column network_key text`,
	sql`alter table batches add column stopped_at timestamptz`,
	sql`create index events_source on events (at) where source is not null`,
	sql`create index events_of_nobody on events (at) where account_id is null`,
	sql`create index batch_rows_stopped on batch_rows (done_at) where state = 'stopped' and email is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await statement.execute(db);
}
