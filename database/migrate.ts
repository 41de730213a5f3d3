import { Migrator } from 'kysely';
import type { Db } from './connect.js';
import * as accounts from './migrations/2026-11-24-accounts.js';
import * as agents from './migrations/2026-11-24-agents.js';
import * as batches from './migrations/2026-11-24-batches.js';
import * as notices from './migrations/2026-11-24-notices.js';
import * as userLocales from './migrations/2026-11-24-user-locales.js';

/** All migrations, oldest first; a name never changes once released. */
const MIGRATIONS = {
	'2026-11-24-accounts': accounts,
	'2026-11-24-agents': agents,
	'2026-11-24-batches': batches,
	'2026-11-24-notices': notices,
	'2026-11-24-user-locales': userLocales,
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
