import { type Kysely, sql } from 'kysely';

/**
 * Agents are accounts with a role. The lists they work with are of users only; each of these indexes is one list in its
 * order, and holds only the accounts that stand on it, so that an act writes to one or two of them.
 */
const STATEMENTS = [
	sql`alter table accounts add column role text not null default 'user' check (role in ('user', 'agent'))`,
	sql`drop index accounts_newest`,
	sql`create index accounts_newest on accounts (created_at desc, id desc) where role = 'user' and erased_at is null`,
	sql`create index accounts_soonest on accounts (temporary_password_expires_at, id)
		where role = 'user' and erased_at is null and password_changed_at is null`,
	sql`create index accounts_confirming on accounts (created_at desc, id desc)
		where role = 'user' and erased_at is null and password_changed_at is not null and authenticator_confirmed_at is null`,
	sql`create index accounts_verifying on accounts (created_at desc, id desc)
		where role = 'user' and erased_at is null and authenticator_confirmed_at is not null
			and phone_verified_at is null and phone_deferred_until is null`,
	sql`create index accounts_email_failed on accounts (created_at desc, id desc)
		where role = 'user' and erased_at is null and email_failed_at is not null`,
	sql`create index accounts_sms_failed on accounts (created_at desc, id desc)
		where role = 'user' and erased_at is null and sms_failed_at is not null`,
	sql`create index accounts_locked on accounts (created_at desc, id desc)
		where role = 'user' and erased_at is null and locked_at is not null`,
	sql`create index accounts_agents on accounts (created_at) where role = 'agent' and erased_at is null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await statement.execute(db);
}
