import { type Kysely, sql } from 'kysely';

/** Facts stand on the account's own row: one locked read gives an act all facts. */
const STATEMENTS = [
	sql`create table accounts (
		id uuid primary key,
		email text unique,
		name text,
		locale text not null,
		created_at timestamptz not null,
		created_by text not null,
		erased_at timestamptz,

		temporary_password_id uuid not null,
		temporary_password_digest text,
		temporary_password_lifetime_ms int8 not null,
		temporary_password_expires_at timestamptz not null,
		temporary_password_handed_over_at timestamptz,
		temporary_password_expired_noted_at timestamptz,

		password_digest text,
		password_changed_at timestamptz,

		authenticator_secret text,
		authenticator_confirmed_at timestamptz,
		authenticator_time_step int8,
		authenticator_failures int not null default 0,
		authenticator_slowed_until timestamptz,

		phone_number text,
		phone_verified_at timestamptz,
		phone_deferred_until timestamptz,
		completed_at timestamptz,
		passcodes_issued int not null default 0,
		passcode_failures int not null default 0,
		passcode_slowed_until timestamptz,
		reminders_sent int not null default 0,
		reminder_interval_ms int8,
		reminder_due_at timestamptz,

		email_failed_at timestamptz,
		sms_failed_at timestamptz,
		locked_at timestamptz,

		revision int not null default 0,
		wake_by timestamptz,
		wake_misses int not null default 0
	)`,
	sql`create index accounts_wake_by on accounts (wake_by) where wake_by is not null`,
	sql`create index accounts_newest on accounts (created_at desc, id desc) where erased_at is null`,

	sql`create table passcodes (
		id uuid primary key,
		account_id uuid not null references accounts,
		number int not null,
		phone_number text not null,
		digest text not null,
		issued_at timestamptz not null,
		expires_at timestamptz not null,
		resend_available_at timestamptz not null,
		attempts_left int not null,
		superseded_at timestamptz,
		used_at timestamptz,
		not_sent_at timestamptz,
		message_id uuid not null,
		unique (account_id, number)
	)`,

	sql`create table messages (
		id uuid primary key,
		account_id uuid not null references accounts,
		channel text not null,
		template text not null,
		recipient text,
		params text,
		state text not null,
		reason text,
		created_at timestamptz not null,
		changed_at timestamptz not null,
		give_up_at timestamptz not null,
		temporary_password_id uuid,
		provider_id text
	)`,
	sql`create index messages_account on messages (account_id, created_at)`,
	sql`create index messages_provider on messages (provider_id) where provider_id is not null`,

	sql`create table events (
		id int8 generated always as identity primary key,
		account_id uuid references accounts,
		name text not null,
		actor text not null,
		at timestamptz not null,
		reason text,
		source text
	)`,
	sql`create index events_account on events (account_id, id)`,

	sql`create table sessions (
		id uuid primary key,
		account_id uuid not null references accounts,
		assurance text not null,
		temporary_password_id uuid,
		created_at timestamptz not null,
		used_at timestamptz not null,
		expires_at timestamptz not null
	)`,
	sql`create index sessions_account on sessions (account_id)`,
	sql`create index sessions_expiry on sessions (expires_at)`,
	sql`create table session_tokens (
		digest text primary key,
		session_id uuid not null references sessions on delete cascade,
		rotated_at timestamptz
	)`,
	sql`create index session_tokens_session on session_tokens (session_id)`,

	sql`create table answers (
		scope text not null,
		key text not null,
		account_id uuid references accounts,
		request text not null,
		answer text not null,
		expires_at timestamptz not null,
		primary key (scope, key)
	)`,
	sql`create index answers_account on answers (account_id)`,
	sql`create index answers_expiry on answers (expires_at)`,

	sql`create table limits (
		key text primary key,
		count int not null,
		slowed_until timestamptz,
		expires_at timestamptz not null
	)`,
	sql`create index limits_expiry on limits (expires_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await statement.execute(db);
}
