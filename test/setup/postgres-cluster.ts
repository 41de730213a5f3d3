import { execFile } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type FrailServer, frail, freePort, serve, untilReady } from './child.js';

export interface PostgresCluster extends FrailServer {
	/** Of the database `postgres`; another one's differs in the path. */
	url: string;
}

/** Nothing here outlives the run, so nothing need reach the disk. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
const SUPERUSER = 'postgres';

/** A real PostgreSQL of its own, with an empty data folder, on a free port of the loopback. `bin` holds its programs. */
export async function startPostgres(bin: string): Promise<PostgresCluster> {
	const folder = mkdtempSync('/tmp/mobile-token-postgres-');
	const owner = process.getuid?.() === 0 ? await unprivileged() : null;
	if (owner) chownSync(folder, owner.uid, owner.gid);
	const data = join(folder, 'data');
	const initdb = ['-D', data, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C.UTF-8'];
	await promisify(execFile)(join(bin, 'initdb'), initdb, { cwd: folder, ...owner });
	const port = await freePort();
	const settings = [...SETTINGS, `unix_socket_directories=${folder}`].flatMap((setting) => ['-c', setting]);
	const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings];
	const url = `postgresql://${SUPERUSER}@127.0.0.1:${port}/postgres`;
	const server = await frail(async () => {
		// SIGINT is PostgreSQL's fast shutdown: it disconnects all clients.
		const started = serve(join(bin, 'postgres'), args, { cwd: folder, ...owner }, 'SIGINT');
		await untilReady(started, 20_000, () => query(url, 'select 1'));
		return started;
	});
	return {
		...server,
		url,
		async stop() {
			await server.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** One statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<unknown[]> {
	const client = new pg.Client({ connectionString: url });
	client.on('error', () => {}); // The statement reports the error.
	await client.connect();
	try {
		return (await client.query(sql)).rows;
	} finally {
		await client.end();
	}
}

/** PostgreSQL refuses to run as root; Debian's packages bring a user for it, and every system has `nobody`. */
async function unprivileged(): Promise<{ uid: number; gid: number }> {
	const { stdout } = await promisify(execFile)('sh', ['-c', 'getent passwd postgres || getent passwd nobody']);
	const [, , uid, gid] = stdout.split(':');
	return { uid: Number(uid), gid: Number(gid) };
}
