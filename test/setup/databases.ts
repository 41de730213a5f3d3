import { startDatabase } from '../../embedded/database.js';
import { askForService, parts } from './services.js';

/** A migrated database of a test's own. It goes with the run; stopping it earlier frees what it holds. */
export interface TestDatabase {
	url: string;
	/** How many connections may be open at once: 1 on PGlite. */
	connections: number;
	/** As the product connects to it. */
	keepStatements: boolean;
	stop(): Promise<void>;
}

/** On the run's real PostgreSQL: for races. */
export async function postgresDatabase(): Promise<TestDatabase> {
	const { url } = await askForService<{ url: string }>('/postgres-database');
	return { url, connections: 10, keepStatements: false, stop: async () => {} };
}

/** On a PGlite of its own, as the embedded mode runs it. To be stopped after the last connection to it was closed. */
export async function pgliteDatabase(): Promise<TestDatabase> {
	const { dataDir } = await askForService<{ dataDir: string }>('/pglite-folder');
	const { url, stop } = await startDatabase({ dataDir });
	return { url, connections: 1, keepStatements: true, stop };
}

/** For `describe.each`: the same suite on both. PostgreSQL is left out (and told) where it is not installed. */
export const DATABASES = [
	{ name: 'PGlite', open: pgliteDatabase, missing: false },
	{ name: 'PostgreSQL', open: postgresDatabase, missing: !parts.postgres },
] as const;

/**
 * Registers a race where there can be one: `raceOn(name, test)('…', …)`. PGlite's single connection lets no statement overtake,
 * so there the test does not exist.
 */
export function raceOn<Register>(name: (typeof DATABASES)[number]['name'], register: Register): Register {
	return name === 'PGlite' ? ((() => {}) as Register) : register;
}
