import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const START = fileURLToPath(new URL('../../embedded/start.mjs', import.meta.url));
const START_WITHIN_MS = 600_000;
export const AGENT_KEY = 'the-agents-key-of-the-bench';

/** One process of the product. */
export interface ProcessFigures {
	name: string;
	/** Seconds of CPU since it started, user and system. */
	cpuSeconds: number;
	/** Resident memory in MB (10^6 bytes). */
	memoryMb: number;
}

/** The product as `npm start` runs it, in a data folder of its own. */
export interface Product {
	url: string;
	dataDir: string;
	processes(): ProcessFigures[];
	/** Bytes of the two databases. */
	databaseBytes(): { ours: number; temporal: number };
	temporalAddress: string;
	stop(): Promise<void>;
}

/** Starts the embedded mode with the limits for strangers raised: all callers of a bench are one network. */
export async function startProduct(): Promise<Product> {
	const dataDir = mkdtempSync(join(tmpdir(), 'mobile-token-bench-'));
	const port = await freePort();
	const env = {
		...process.env,
		DATA_DIR: dataDir,
		PORT: String(port),
		AGENT_API_KEY: `bench:${AGENT_KEY}`,
		LOG_LEVEL: 'info',
	};
	const child = spawn(process.execPath, [START], { env, stdio: ['ignore', 'pipe', 'inherit'] });
	const url = `http://127.0.0.1:${port}`;
	await untilReady(child, url);
	const ports = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as Record<string, number>;
	return {
		url,
		dataDir,
		temporalAddress: `127.0.0.1:${ports.temporal}`,
		processes: () => familyOf(child.pid ?? 0).map((pid) => figuresOf(pid, pid === child.pid)),
		databaseBytes: () => bytesOf(dataDir),
		async stop() {
			const ended = new Promise((done) => child.once('exit', done));
			child.kill('SIGTERM');
			await ended;
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
	const deadline = performance.now() + START_WITHIN_MS;
	for (;;) {
		if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode} before it was ready.`);
		const ready = await fetch(`${url}/readyz`).then(
			({ ok }) => ok,
			() => false,
		);
		if (ready) return;
		if (performance.now() > deadline) throw new Error('The product was not ready in time.');
		await pause(100);
	}
}

/** A process and all below it, from Linux's /proc. */
function familyOf(root: number): number[] {
	const parents = new Map<number, number>();
	for (const entry of readdirSync('/proc')) {
		if (!/^\d+$/.test(entry)) continue;
		const fields = statFields(Number(entry));
		if (fields) parents.set(Number(entry), Number(fields[1]));
	}
	const family = [root];
	for (const pid of family) for (const [child, parent] of parents) if (parent === pid) family.push(child);
	return family;
}

/** Fields of /proc/<pid>/stat from the third on: the second may hold spaces. */
function statFields(pid: number): string[] | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	} catch {
		return null;
	}
}

/** The kernel counts in hundredths of a second (`getconf CLK_TCK`) and pages of 4 KiB. */
function figuresOf(pid: number, isRoot: boolean): ProcessFigures {
	const fields = statFields(pid) ?? [];
	const name = isRoot ? 'API, worker, inbox, database' : readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
	const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / 100;
	return { name, cpuSeconds, memoryMb: (Number(fields[21]) * 4096) / 1e6 };
}

function bytesOf(dataDir: string): { ours: number; temporal: number } {
	let ours = 0;
	let temporal = 0;
	for (const path of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) {
		const stat = statSync(join(dataDir, path), { throwIfNoEntry: false });
		if (!stat?.isFile()) continue;
		if (path.startsWith('temporal')) temporal += stat.size;
		if (path.startsWith('database')) ours += stat.size;
	}
	return { ours, temporal };
}

function freePort(): Promise<number> {
	return new Promise((done) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => done(port));
		});
	});
}
