import { type Kysely, sql } from 'kysely';

/**
 * Secrets of a session, and what ties a credential to its account. All of it is additive: processes of the previous
 * version ignore it.
 */
const STATEMENTS = [
	// An authenticator that its session has been shown and has not confirmed. It ends with the session.
	sql`create table authenticators (
		id uuid primary key,
		account_id uuid not null references accounts,
		session_id uuid not null unique references sessions on delete cascade,
		secret text not null,
		created_at timestamptz not null
	)`,
	sql`create index authenticators_account on authenticators (account_id)`,

	// Networks from which an account proved its second factor. The digest is keyed and names no network.
	sql`create table known_networks (
		digest text primary key,
		account_id uuid not null references accounts,
		expires_at timestamptz not null
	)`,
	sql`create index known_networks_account on known_networks (account_id)`,
	sql`create index known_networks_expiry on known_networks (expires_at)`,

	sql`alter table accounts add column password_tag text`,
	sql`alter table session_tokens add column tag text`,

	sql`alter table accounts add column under_attack_at timestamptz`,
	sql`create index accounts_under_attack on accounts (created_at desc, id desc)
		where role = 'user' and erased_at is null and under_attack_at is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await statement.execute(db);
}
