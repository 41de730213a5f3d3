import { loadConfig } from '../config/index.js';
import { connect } from './connect.js';
import { migrate } from './migrate.js';

const { databaseUrl } = loadConfig(process.env);
if (!databaseUrl) {
	console.error('DATABASE_URL is not set: there is no database to migrate. The embedded one is migrated by `npm start`.');
	process.exit(78);
}
const db = connect({ url: databaseUrl, connections: 1, unhurried: true });
await migrate(db);
await db.destroy();
console.log('The database is at the newest schema.');
