import { ConfigError } from '../config/index.js';
import { CannotStartError } from '../config/program.js';
import { Closers } from './closers.js';
import { greet } from './greeting.js';
import type { Lock } from './lock.mjs';
import { openPorts, PortTakenError } from './ports.js';
import { readSetup } from './setup.js';
import { openStores, type StoresOptions } from './stores.js';
import { TemporalMissingError } from './temporal-binary.js';
import type { Terminal } from './terminal.mjs';

/** sysexits(3): the configuration is wrong, and another try does not help. */
const EXIT_CONFIG = 78;
const EXIT_FAILED = 1;
/** npm repeats the Ctrl-C that the terminal has sent to this process already. */
const SAME_SIGNAL_MS = 500;

export interface MainOptions {
	/** Of the data folder; held until the process ends. */
	lock: Lock;
	terminal: Terminal;
}

/** Runs everything in this process, with Temporal as its one child, until a signal says otherwise. */
export async function main({ lock, terminal }: MainOptions): Promise<void> {
	const closers = new Closers();
	let ending: Promise<void> | undefined;
	const end = (code: number) => {
		ending ??= closers.close().then(() => {
			lock.release();
			process.exit(code);
		});
		return ending;
	};
	const onDeath = (reason: string) => {
		if (!ending) terminal.error(reason);
		void end(EXIT_FAILED);
	};
	onStopSignal(terminal, () => end(0));
	try {
		await startAll({ terminal, closers, onDeath, lock });
	} catch (error) {
		// A start that is stopped half-way fails in many ways, none of which is worth a message.
		if (ending) return;
		terminal.error(explain(error));
		await end(error instanceof ConfigError || error instanceof PortTakenError ? EXIT_CONFIG : EXIT_FAILED);
	}
}

interface Start extends MainOptions {
	closers: Closers;
	onDeath: (reason: string) => void;
}

async function startAll({ terminal, closers, onDeath, lock }: Start): Promise<void> {
	const setup = readSetup(process.env);
	const { config, log } = setup;
	for (const warning of config.warnings) terminal.warn(warning);
	const ports = openPorts(config.dataDir, (line) => terminal.warn(line));
	const { host, port: preferred, portGiven: given } = config.http;
	const port = await ports.find({ name: 'api', preferred, given, host, variable: 'PORT' });
	const onIdleError = ({ name }: Error) => log.warn({ error: name }, 'an idle database connection broke');
	const stores: StoresOptions = { config, ports, terminal, closers, onDeath, onIdleError };
	// Loading it takes as long as the stores take to start, so it happens meanwhile.
	const opening = openStores(stores);
	const loading = import('./service.js');
	const [{ server, db }, { startService }] = await Promise.all([opening, loading]);
	const { url, port: opened, inbox } = await startService({ setup, db, server, port, closers, onDeath });
	ports.remember('api', opened);
	lock.describe({ address: url });
	greet(terminal, { setup, url, uiUrl: server.uiUrl, inbox });
}

/** The first signal stops in order, the second at once. */
function onStopSignal(terminal: Terminal, stop: () => Promise<void>): void {
	let firstAt: number | undefined;
	const onSignal = () => {
		const now = performance.now();
		if (firstAt === undefined) {
			firstAt = now;
			void terminal.step('Stopping', stop);
		} else if (now - firstAt > SAME_SIGNAL_MS) process.exit(EXIT_FAILED);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

/** Errors of drivers may quote values. Of an error that we did not foresee, only name and code are shown. */
function explain(error: unknown): string {
	const told = [ConfigError, CannotStartError, PortTakenError, TemporalMissingError].some(
		(kind) => error instanceof kind,
	);
	if (error instanceof Error && (told || error.constructor === Error)) return error.message;
	const { name, code, syscall } = error as NodeJS.ErrnoException;
	return `The start failed: ${[name, code, syscall].filter(Boolean).join(' ')}.`;
}
