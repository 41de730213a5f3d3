import { spawn } from 'node:child_process';
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.js';
import { isRunning, type ProcessIdentity, startTimeOf } from './process-identity.mjs';

const LOOPBACK = '127.0.0.1';
const LOG_MAX_BYTES = 5_000_000;
const LOOK_EVERY_MS = 100;
/** On a shared laptop several threads mostly wait for each other and cost a tenth more CPU. */
const SERVER_THREADS = '1';
/** Temporal's own shutdown drains for a while; the rest is in its write-ahead log. */
const TERM_MS = 4_000;
/** The names of the types in Temporal's command line. */
const TYPE_NAME = { KEYWORD: 'Keyword', DATETIME: 'Datetime' } as const;

/** Identifies our server, kept in the data folder for the start after a crash. */
export interface ServerRecord extends ProcessIdentity {
	databasePath: string;
	port: number;
	uiPort: number;
}

export interface ServerPlace {
	binary: string;
	dataDir: string;
	port: number;
	uiPort: number;
}

/** The server that an earlier start left running on this data folder; null when there is none. */
export function recordedServer(dataDir: string): ServerRecord | null {
	const path = recordPath(dataDir);
	if (!existsSync(path)) return null;
	const record: ServerRecord = JSON.parse(readFileSync(path, 'utf8'));
	return record.databasePath === databasePath(dataDir) && isRunning(record) ? record : null;
}

/** Starts a server in a process group of its own, so that the terminal's Ctrl-C does not reach it: it is stopped last. */
export function spawnServer({ binary, dataDir, port, uiPort }: ServerPlace): ServerRecord {
	mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
	const log = openLog(logPath(dataDir));
	const child = spawn(binary, argumentsOf(dataDir, port, uiPort), {
		detached: true,
		stdio: ['ignore', log, log],
		env: { GOMAXPROCS: SERVER_THREADS, ...withoutTemporal(process.env) },
	});
	closeSync(log);
	child.once('error', () => {}); // There is no pid then; the check below reports it.
	child.unref();
	if (child.pid === undefined) throw new Error(`${binary} could not be started.`);
	// A process that has ended has no start time. That counts as a crash.
	const startedAt = startTimeOf(child.pid) ?? 'gone';
	const record = { pid: child.pid, startedAt, databasePath: databasePath(dataDir), port, uiPort };
	writeFileSync(`${recordPath(dataDir)}.new`, JSON.stringify(record), { mode: 0o600 });
	renameSync(`${recordPath(dataDir)}.new`, recordPath(dataDir));
	return record;
}

function argumentsOf(dataDir: string, port: number, uiPort: number): string[] {
	const attributes = SEARCH_ATTRIBUTES.flatMap(({ name, type }) => [
		'--search-attribute',
		`${name}=${TYPE_NAME[type]}`,
	]);
	return [
		...['server', 'start-dev', '--ip', LOOPBACK, '--port', String(port), '--ui-port', String(uiPort)],
		...['--db-filename', databasePath(dataDir), '--log-level', 'warn'],
		...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
		...attributes,
	];
}

/** Whether it answers within `limitMs`. Gives up at once when the process ends. */
export async function serves(record: ServerRecord, limitMs: number): Promise<boolean> {
	const deadline = performance.now() + limitMs;
	while (performance.now() < deadline && isRunning(record)) {
		if (await answers(`${LOOPBACK}:${record.port}`)) return true;
		await pause(LOOK_EVERY_MS);
	}
	return false;
}

async function answers(address: string): Promise<boolean> {
	try {
		const connection = await Connection.connect({ address, connectTimeout: 2_000 });
		try {
			await connection.workflowService.describeNamespace({ namespace: 'default' });
			return true;
		} finally {
			await connection.close();
		}
	} catch {
		return false;
	}
}

/** Terminates it, then kills it if needed. Resolves when it has ended. */
export async function endServer(dataDir: string, record: ServerRecord): Promise<void> {
	for (const [signal, limitMs] of [
		['SIGTERM', TERM_MS],
		['SIGKILL', TERM_MS],
	] as const) {
		if (!isRunning(record)) break;
		process.kill(record.pid, signal);
		const deadline = performance.now() + limitMs;
		while (isRunning(record) && performance.now() < deadline) await pause(20);
	}
	rmSync(recordPath(dataDir), { force: true });
}

export function logPath(dataDir: string): string {
	return join(folderOf(dataDir), 'server.log');
}

function folderOf(dataDir: string): string {
	return resolve(dataDir, 'temporal');
}

function databasePath(dataDir: string): string {
	return join(folderOf(dataDir), 'temporal.db');
}

function recordPath(dataDir: string): string {
	return join(folderOf(dataDir), 'server.json');
}

function openLog(path: string): number {
	if (existsSync(path) && statSync(path).size > LOG_MAX_BYTES) renameSync(path, `${path}.1`);
	return openSync(path, 'a', 0o600);
}

/** The environment's Temporal variables concern another server. */
function withoutTemporal(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}
