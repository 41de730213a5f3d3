import { ConfigError, loadConfig } from '../config/index.js';
import { connect } from '../database/connect.js';
import { migrate } from '../database/migrate.js';

/** `sysexits.h`: something is wrong with the configuration, a restart will not help. */
const EX_CONFIG = 78;

async function run(): Promise<void> {
	const { databaseUrl } = loadConfig(process.env);
	if (!databaseUrl) {
		throw new ConfigError(['DATABASE_URL is missing: the embedded database is brought to its schema by `npm start`.']);
	}
	const db = connect({ url: databaseUrl, connections: 1, unhurried: true });
	await migrate(db).finally(() => db.destroy());
	console.log('The database is at its newest schema.');
}

run().catch((error: NodeJS.ErrnoException) => {
	// Errors of drivers quote values, so of those nobody expected only the name is told.
	console.error(error instanceof ConfigError ? error.message : `The migration failed: ${error.code ?? error.name}.`);
	process.exit(error instanceof ConfigError ? EX_CONFIG : 1);
});
