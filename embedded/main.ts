import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { createMailer } from '../activities/delivery/email.js';
import { createTexter } from '../activities/delivery/sms.js';
import { createActivities } from '../activities/index.js';
import type { Api } from '../api/api.js';
import { createSignals } from '../api/signals.js';
import { startApi } from '../api/start.js';
import { openTemporal, workflowUrl } from '../api/temporal.js';
import { systemClock } from '../config/clock.js';
import { ConfigError } from '../config/index.js';
import { KeyRing } from '../domain/credentials/keys.js';
import { installRuntime } from '../worker/runtime.js';
import { startWorkers } from '../worker/worker.js';
import { Closers } from './closers.js';
import { greet } from './greeting.js';
import { isLoopbackHost } from './inbox/routes.js';
import type { Lock } from './lock.mjs';
import { type Delivery, openDelivery, openStores, type PartsOptions, type TemporalAccess } from './parts.js';
import { openPorts, PortTakenError } from './ports.js';
import { readSetup, type Setup } from './setup.js';
import { TemporalMissingError } from './temporal-binary.js';
import type { Terminal } from './terminal.mjs';

const BUNDLE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
/** sysexits(3): something is wrong with the configuration, trying again will not help. */
const EXIT_CONFIG = 78;
const EXIT_FAILED = 1;
/** npm passes on the Ctrl-C that the terminal has sent to us already. */
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
		terminal.error(reason);
		void end(EXIT_FAILED);
	};
	onStopSignal(terminal, () => end(0));
	try {
		await startAll({ terminal, closers, onDeath, lock });
	} catch (error) {
		// What was stopped half-way fails in its own ways, which nobody needs to hear of.
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
	installRuntime(log);
	const ports = openPorts(config.dataDir, (line) => terminal.warn(line));
	const onIdleError = ({ name }: Error) => log.warn({ error: name }, 'an idle database connection broke');
	const parts: PartsOptions = { config, ports, terminal, closers, onDeath, onIdleError };
	const { host } = config.http;
	const wish = { name: 'api', preferred: config.http.port, given: config.http.portGiven, host, variable: 'PORT' };
	const port = await ports.find(wish);
	const { server, db } = await openStores(parts);
	const delivery = await openDelivery(parts);
	const { namespace, taskQueue } = config.temporal;
	const temporal = openTemporal({ connection: server.connection, namespace, taskQueue });
	closers.add(() => temporal.close());
	const publicUrl = config.http.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
	await openWorkers({ setup, db, delivery, connection: server.connection, publicUrl, closers, onDeath });
	const api: Api = {
		db,
		clock: systemClock,
		policy: config.policy,
		keys: new KeyRing(setup.encryptionKeys),
		signals: createSignals(temporal.client, taskQueue, log),
		log,
		productName: config.productName,
		totpIssuer: config.totpIssuer,
		supportContact: config.supportContact,
		agentKeys: setup.agentApiKeys,
		workflowUrl: (accountId) => workflowUrl(server.uiUrl, namespace, accountId),
	};
	const inboxRouter = isLoopbackHost(host.includes(':') ? `[${host}]` : host) ? delivery.inboxRouter : null;
	const extraRouters = inboxRouter ? [inboxRouter] : [];
	const running = await startApi(api, { temporal, ...config.http, port, publicUrl, extraRouters });
	closers.add(() => running.stop());
	if (port !== 0) ports.remember('api', running.port);
	lock.describe({ address: running.url });
	greet(terminal, { setup, url: running.url, uiUrl: server.uiUrl, inbox: inboxRouter !== null, delivery });
}

interface WorkersOptions {
	setup: Setup;
	db: Api['db'];
	delivery: Delivery;
	connection: TemporalAccess['connection'];
	publicUrl: string;
	closers: Closers;
	onDeath: (reason: string) => void;
}

async function openWorkers({ setup, db, delivery, connection, publicUrl, closers, onDeath }: WorkersOptions) {
	const { config, log } = setup;
	const { productName, supportContact } = config;
	const { namespace, taskQueue } = config.temporal;
	const onTrouble = (trouble: object) => log.warn(trouble, 'a delivery attempt failed');
	const { from, dkim } = config.mail;
	const mailer = createMailer({
		smtpUrl: delivery.smtpUrl,
		from,
		productName,
		dkim: dkim && { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey },
		supportContact,
		publicUrl,
		onTrouble,
	});
	closers.add(async () => mailer.close());
	const texter = createTexter({
		...delivery.sms,
		statusCallbackUrl: null,
		productName,
		publicUrl,
		clock: systemClock,
		onTrouble,
	});
	const keys = new KeyRing(setup.encryptionKeys);
	const native = await NativeConnection.connect(connection).catch(() => {
		throw new Error(`Temporal at ${connection.address} does not answer.`);
	});
	closers.add(() => native.close());
	const workers = await startWorkers({
		connection: native,
		namespace,
		taskQueue,
		activities: createActivities({ db, clock: systemClock, keys, policy: config.policy, mailer, texter }),
		bundlePath: BUNDLE,
		log,
	});
	closers.add(() => workers.stop());
	workers.failed.catch(() => onDeath('The worker stopped by itself; the log says why.'));
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

/** Errors of drivers may quote values, so of those nobody foresaw only name and code are told. */
function explain(error: unknown): string {
	const told = [ConfigError, PortTakenError, TemporalMissingError].some((kind) => error instanceof kind);
	if (error instanceof Error && (told || error.constructor === Error)) return error.message;
	const { name, code, syscall } = error as NodeJS.ErrnoException;
	return `The start failed: ${[name, code, syscall].filter(Boolean).join(' ')}.`;
}
