import { setTimeout as pause } from 'node:timers/promises';
import type { Ports } from './ports.js';
import { isRunning } from './process-identity.mjs';
import { endServer, logPath, recordedServer, type ServerRecord, serves, spawnServer } from './temporal-process.js';

const DEFAULT_PORT = 7233;
/** A busy laptop needs a while. */
const SERVE_LIMIT_MS = 60_000;
/** A server found running answers at once, unless it hangs. */
const FOUND_LIMIT_MS = 5_000;
const WATCH_EVERY_MS = 250;
const BACK_OFF_MS = [100, 500, 1_000, 2_000, 5_000];
const DEATHS_MAX = 5;
const DEATHS_WINDOW_MS = 60_000;

export interface TemporalServer {
	/** `host:port` of its gRPC service. */
	address: string;
	uiUrl: string;
	/** The pid of the current server process. */
	pid(): number;
	/** Ends the server and no longer restarts it. */
	stop(): Promise<void>;
}

export interface TemporalServerOptions {
	binary: string;
	dataDir: string;
	ports: Ports;
	uiPort: number;
	/** Whether the port of the UI was set. */
	uiPortGiven?: boolean;
	say?: (line: string) => void;
	/** Called once when it cannot be kept running. The process should end. */
	onDeath?: (reason: string) => void;
}

/**
 * Runs Temporal's dev server on a database file in the data folder: takes over the server that a killed start left
 * running, or starts one, and restarts it when it dies. The caller holds the lock of the data folder. *
 * @throws when it does not come up, naming its log; PortTakenError
 */
export async function startTemporal(options: TemporalServerOptions): Promise<TemporalServer> {
	const { dataDir, onDeath = () => {} } = options;
	let current = (await takeOver(dataDir)) ?? (await start(options));
	const stopped = new AbortController();
	const watching = watch(
		options,
		() => current,
		(record) => {
			current = record;
		},
		stopped.signal,
	).catch((error: Error) => onDeath(error.message));
	return {
		address: `127.0.0.1:${current.port}`,
		uiUrl: `http://127.0.0.1:${current.uiPort}`,
		pid: () => current.pid,
		async stop() {
			stopped.abort();
			await watching;
			await endServer(dataDir, current);
		},
	};
}

async function takeOver(dataDir: string): Promise<ServerRecord | null> {
	const record = recordedServer(dataDir);
	if (!record) return null;
	if (await serves(record, FOUND_LIMIT_MS)) return record;
	await endServer(dataDir, record);
	return null;
}

async function start({ binary, dataDir, ports, uiPort, uiPortGiven }: TemporalServerOptions): Promise<ServerRecord> {
	const port = await ports.find({ name: 'temporal', preferred: DEFAULT_PORT });
	const wish = {
		name: 'temporal-ui',
		preferred: uiPort,
		variable: 'TEMPORAL_UI_PORT',
		...(uiPortGiven && { given: true }),
	};
	const place = { binary, dataDir, port, uiPort: await ports.find(wish) };
	ports.remember('temporal', place.port);
	ports.remember('temporal-ui', place.uiPort);
	const record = spawnServer(place);
	if (await serves(record, SERVE_LIMIT_MS)) return record;
	await endServer(dataDir, record);
	throw new Error(`Temporal does not come up. Its log: ${logPath(dataDir)}`);
}

/** Restarts a server that died, on the same ports and files. @throws when it dies too often */
async function watch(
	{ binary, dataDir, say }: TemporalServerOptions,
	current: () => ServerRecord,
	replace: (record: ServerRecord) => void,
	stopped: AbortSignal,
): Promise<void> {
	const deaths: number[] = [];
	while (await pauseUnless(stopped, WATCH_EVERY_MS)) {
		if (isRunning(current())) continue;
		const now = performance.now();
		deaths.push(now);
		const recent = deaths.filter((at) => now - at < DEATHS_WINDOW_MS).length;
		if (recent >= DEATHS_MAX) {
			throw new Error(`Temporal died ${recent} times within a minute. Its log: ${logPath(dataDir)}`);
		}
		say?.('Temporal died and is started again');
		if (!(await pauseUnless(stopped, BACK_OFF_MS[recent - 1] ?? 0))) return;
		const { port, uiPort } = current();
		replace(spawnServer({ binary, dataDir, port, uiPort }));
	}
}

/** Waits `ms` milliseconds. False as soon as `stopped` aborts. */
async function pauseUnless(stopped: AbortSignal, ms: number): Promise<boolean> {
	await pause(ms, undefined, { signal: stopped }).catch(() => {});
	return !stopped.aborted;
}
