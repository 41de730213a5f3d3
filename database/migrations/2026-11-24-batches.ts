import { type Kysely, sql } from 'kysely';

/** A batch registers many. A row names its person only until the account does: then it points there. */
const STATEMENTS = [
	sql`create table batches (
		id uuid primary key,
		created_at timestamptz not null,
		created_by text not null,
		source text not null,
		reason text,
		rows_per_second int not null,
		row_count int not null,
		finished_at timestamptz,
		wake_by timestamptz
	)`,
	sql`create index batches_newest on batches (created_at desc, id desc)`,
	sql`create index batches_wake_by on batches (wake_by) where wake_by is not null`,
	sql`create table batch_rows (
		batch_id uuid not null references batches,
		number int not null,
		email text,
		name text,
		locale text not null,
		state text not null,
		account_id uuid references accounts,
		done_at timestamptz,
		primary key (batch_id, number)
	)`,
	sql`create index batch_rows_waiting on batch_rows (batch_id, number) where state = 'waiting'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await statement.execute(db);
}
