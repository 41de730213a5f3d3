import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { isRunning, type ProcessIdentity, thisProcess } from './process-identity.mjs';

/** `pg` opens a socket of this name in the folder given as the URL's host. */
const SOCKET_NAME = '.s.PGSQL.5432';
/** sockaddr_un holds 108 bytes on Linux, 104 on macOS, the closing zero included. */
const SOCKET_PATH_MAX_BYTES = 100;
const SOCKET_FOLDER_PREFIX = 'mobile-token-';
const OWNER_FILE = 'owner.json';

export interface EmbeddedDatabase {
	/** For `pg`. Open ONE connection only: the database mixes up the answers of several. */
	url: string;
	/** Flushes and closes. Close the connection first. */
	stop(): Promise<void>;
}

interface DatabaseOptions {
	dataDir: string;
	/** Called once when the database ended by itself. Nothing works after that; the process should end. */
	onDeath?: (reason: string) => void;
}

/**
 * Starts PGlite on `<dataDir>/database` in a thread of its own, and creates the database on the first start. The caller
 * holds the lock of the data folder: two processes on one folder would destroy it. *
 * @throws when the folder cannot be opened or made
 */
export async function startDatabase({ dataDir, onDeath }: DatabaseOptions): Promise<EmbeddedDatabase> {
	const folder = resolve(dataDir, 'database');
	if (!existsSync(folder)) await createDatabase(folder);
	const socketFolder = makeSocketFolder();
	try {
		const thread = await startThread({ folder, socketPath: join(socketFolder, SOCKET_NAME) });
		let stopping = false;
		const ended = new Promise<void>((done) => thread.once('exit', () => done()));
		thread.once('error', () => {}); // The 'exit' that follows is handled.
		thread.once('exit', () => {
			rmSync(socketFolder, { recursive: true, force: true });
			if (!stopping) onDeath?.('The embedded database ended by itself.');
		});
		return {
			url: `postgres://postgres@/postgres?host=${encodeURIComponent(socketFolder)}`,
			async stop() {
				stopping = true;
				thread.postMessage('stop');
				await ended;
			},
		};
	} catch (error) {
		rmSync(socketFolder, { recursive: true, force: true });
		throw error;
	}
}

function startThread(workerData: { folder: string; socketPath: string }): Promise<Worker> {
	return new Promise((done, failed) => {
		const thread = new Worker(new URL('./database-thread.mjs', import.meta.url), { workerData });
		thread.once('error', failed);
		thread.once('exit', () => failed(new Error('The embedded database ended before it was ready.')));
		thread.once('message', () => {
			thread.removeListener('error', failed);
			thread.removeAllListeners('exit');
			done(thread);
		});
	});
}

/** Made beside its place and renamed, so that a killed start leaves no half-made database. */
async function createDatabase(folder: string): Promise<void> {
	const draft = `${folder}.new`;
	rmSync(draft, { recursive: true, force: true });
	const script = fileURLToPath(new URL('./database-create.mjs', import.meta.url));
	await promisify(execFile)(process.execPath, [script, draft]);
	renameSync(draft, folder);
}

/** A folder with a short path that only this user enters. Those of processes that are gone are cleared away. */
function makeSocketFolder(): string {
	for (const base of [tmpdir(), '/tmp']) {
		if (Buffer.byteLength(join(base, `${SOCKET_FOLDER_PREFIX}XXXXXX`, SOCKET_NAME)) > SOCKET_PATH_MAX_BYTES) continue;
		removeStaleSocketFolders(base);
		const folder = mkdtempSync(join(base, SOCKET_FOLDER_PREFIX)); // mkdtemp(3) makes it 0700.
		writeFileSync(join(folder, OWNER_FILE), JSON.stringify(thisProcess()));
		return folder;
	}
	throw new Error('No folder has a path short enough for a unix socket: set TMPDIR to a shorter one.');
}

function removeStaleSocketFolders(base: string): void {
	for (const name of readdirSync(base)) {
		if (!name.startsWith(SOCKET_FOLDER_PREFIX)) continue;
		const folder = join(base, name);
		try {
			const owner: ProcessIdentity = JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8'));
			if (!isRunning(owner)) rmSync(folder, { recursive: true, force: true });
		} catch {
			// It belongs to another user, or another process is just making it.
		}
	}
}
