import { Migrator } from 'kysely';
import type { Db } from './connect.js';
import * as accounts from './migrations/2026-11-24-accounts.js';
import * as agents from './migrations/2026-11-24-agents.js';
import * as batches from './migrations/2026-11-24-batches.js';
import * as notices from './migrations/2026-11-24-notices.js';
import * as owedMails from './migrations/2026-11-24-owed-mails.js';
import * as secrets from './migrations/2026-11-24-secrets.js';
import * as seenRevision from './migrations/2026-11-24-seen-revision.js';
import * as smsLimits from './migrations/2026-11-24-sms-limits.js';
import * as userLocales from './migrations/2026-11-24-user-locales.js';
import * as waitingLists from './migrations/2026-11-24-waiting-lists.js';
import * as withheldAccounts from './migrations/2026-11-24-withheld-accounts.js';

/** All migrations. They run in the order of their names: a new name sorts last, and never changes once released. */
const MIGRATIONS = {
	'2026-11-24-accounts': accounts,
	'2026-11-24-agents': agents,
	'2026-11-24-batches': batches,
	'2026-11-24-notices': notices,
	'2026-11-24-owed-mails': owedMails,
	'2026-11-24-secrets': secrets,
	'2026-11-24-seen-revision': seenRevision,
	'2026-11-24-sms-limits': smsLimits,
	'2026-11-24-user-locales': userLocales,
	'2026-11-24-waiting-lists': waitingLists,
	'2026-11-24-withheld-accounts': withheldAccounts,
};

/**
 * Brings the database to the newest schema. Safe to call from many processes at once: the migrator takes a lock.
 * @throws the first error a migration met; what came before it stays
 */
export async function migrate(db: Db): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
	const { error } = await migrator.migrateToLatest();
	if (error) throw error;
}
