import { ConfigError } from '../config/index.js';
import { runProgram } from '../config/program.js';
import { connect } from '../database/connect.js';
import { migrate } from '../database/migrate.js';

/** `npm run migrate`: brings the database to the newest schema. */
runProgram({ name: 'The migration', role: 'migrate' }, async ({ databaseUrl }) => {
	if (!databaseUrl) {
		throw new ConfigError(['DATABASE_URL is missing: the embedded database is brought to its schema by `npm start`.']);
	}
	const db = connect({ url: databaseUrl, connections: 1, unhurried: true });
	await migrate(db).finally(() => db.destroy());
	console.log('The database is at its newest schema.');
	return 0;
});
