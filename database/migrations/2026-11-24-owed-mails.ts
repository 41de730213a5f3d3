import { type Kysely, sql } from 'kysely';

/**
 * Mails that are owed, for what counts as delayed. Marks that no act can clear any more go: a failed mail of an account
 * whose password was changed, and a failed SMS of a phone that was deferred.
 */
const STATEMENTS = [
	sql`create index messages_owed_email on messages (created_at, account_id) where channel = 'email' and state = 'queued'`,
	sql`update accounts set email_failed_at = null where email_failed_at is not null and password_changed_at is not null`,
	sql`update accounts set sms_failed_at = null where sms_failed_at is not null and phone_deferred_until is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await statement.execute(db);
}
