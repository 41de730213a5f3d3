/*
 * Writes rows into an embedded database one by one and prints the number of each once it is acknowledged:
 * `node database-writer.mjs <database folder> <socket folder> <first number>`. Made to be killed.
 */
import { Worker } from 'node:worker_threads';
import pg from 'pg';

const [folder, socketFolder, first] = process.argv.slice(2);
const thread = new Worker(new URL('../../embedded/database-thread.mjs', import.meta.url), {
	workerData: { folder, socketPath: `${socketFolder}/.s.PGSQL.5432` },
});
await new Promise((done) => thread.once('message', done));
const client = new pg.Client({ host: socketFolder, user: 'postgres', database: 'postgres' });
await client.connect();
for (let n = Number(first); ; n++) {
	await client.query('begin');
	await client.query('insert into written values ($1, $2)', [n, 'filler '.repeat(200)]);
	await client.query('commit');
	process.stdout.write(`${n}\n`);
}
