import { PGlite } from '@electric-sql/pglite';

/** Settings of the database. Small, since everything shares a laptop. */
const SETTINGS = ['shared_buffers=16MB', 'max_wal_size=64MB'];

/**
 * Opens the database of a folder, making it where the folder is new.
 * @param {string} folder
 * @returns {Promise<PGlite>}
 * @throws when the folder holds something that is no database of this version
 */
export async function openPGlite(folder) {
	const db = new PGlite({ dataDir: folder, postgresqlconf: SETTINGS });
	await db.waitReady;
	return db;
}
