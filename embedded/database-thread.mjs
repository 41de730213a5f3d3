/*
 * The thread that the embedded database lives in: PGlite computes on the thread it is called from, and would hold up
 * every request there. Gives word with 'ready' and 'stopped'; any message to it means stop.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openPGlite } from './pglite.mjs';
import { servePostgres } from './postgres-socket.mjs';

/** PGlite has no background process that would do it, and a longer log makes the next start slower. */
const CHECKPOINT_EVERY_MS = 180_000;

const { folder, socketPath } = workerData;
const db = await openPGlite(folder);
const { server, between } = servePostgres(db, fail);
await new Promise((/** @type {(value: void) => void} */ done, failed) => {
	server.once('error', failed);
	server.listen(socketPath, done);
});
const timer = setInterval(() => between(() => db.exec('CHECKPOINT')).catch(fail), CHECKPOINT_EVERY_MS);

parentPort?.once('message', async () => {
	clearInterval(timer);
	server.close();
	await between(async () => {
		await db.exec('CHECKPOINT');
		await db.close();
	});
	parentPort?.postMessage('stopped');
	process.exit(0);
});
parentPort?.postMessage('ready');

/** Thrown outside any promise, so that the thread ends and its owner hears of it. */
function fail(/** @type {unknown} */ error) {
	setImmediate(() => {
		throw error;
	});
}
