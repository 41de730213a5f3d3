import { type Kysely, sql } from 'kysely';

/** Since when an agent has frozen an account, and the list of those accounts. */
const STATEMENTS = [
	sql`alter table accounts add column frozen_at timestamptz`,
	sql`create index accounts_frozen on accounts (created_at desc, id desc)
		where role = 'user' and erased_at is null and frozen_at is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await statement.execute(db);
}
