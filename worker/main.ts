import { fileURLToPath } from 'node:url';
import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import { createActivities } from '../activities/index.js';
import { systemClock } from '../config/clock.js';
import { type Config, ConfigError, loadConfig } from '../config/index.js';
import { createLogger } from '../config/log.js';
import { onStopSignal } from '../config/stop-signal.js';
import { connect } from '../database/connect.js';
import { KeyRing } from '../domain/credentials/keys.js';
import { openChannels } from './delivery.js';
import { installRuntime } from './runtime.js';
import { startWorkers } from './worker.js';

/** `sysexits.h`: something is wrong with the configuration, a restart will not help. */
const EX_CONFIG = 78;
const EX_FAILED = 1;
/** Connections of one worker process. Activities are short; more would only queue inside PostgreSQL instead of here. */
const DATABASE_CONNECTIONS = 10;
const BUNDLE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

/** What the embedded mode makes by itself and a process of its own must be given. */
function requireAll({ databaseUrl, temporal, encryptionKeys, mail, sms }: Config) {
	const { smtpUrl } = mail;
	const { connection } = temporal;
	if (databaseUrl && connection && encryptionKeys && smtpUrl && sms) {
		return { databaseUrl, connection: connection.connectionOptions, encryptionKeys, channels: { smtpUrl, sms } };
	}
	const given = {
		DATABASE_URL: databaseUrl,
		TEMPORAL_ADDRESS: connection,
		ENCRYPTION_KEYS: encryptionKeys,
		SMTP_URL: smtpUrl,
		TWILIO_ACCOUNT_SID: sms,
	};
	const missing = Object.entries(given).filter(([, value]) => !value);
	throw new ConfigError(missing.map(([name]) => `${name} is missing: only \`npm start\` brings its own.`));
}

async function run(): Promise<void> {
	const config = loadConfig(process.env, 'worker');
	const { databaseUrl, connection, encryptionKeys, channels } = requireAll(config);
	const log = createLogger(config);
	for (const warning of config.warnings) log.warn(warning);
	installRuntime(log);
	const native = await connectTemporal(connection);
	const db = connect({
		url: databaseUrl,
		connections: DATABASE_CONNECTIONS,
		onIdleError: ({ name }) => log.warn({ error: name }, 'an idle database connection broke'),
	});
	const { mailer, texter } = openChannels(config, channels, log);
	const keys = new KeyRing(encryptionKeys);
	const { namespace, taskQueue } = config.temporal;
	const workers = await startWorkers({
		connection: native,
		namespace,
		taskQueue,
		activities: createActivities({ db, clock: systemClock, keys, policy: config.policy, mailer, texter }),
		bundlePath: BUNDLE,
		smsPerSecond: config.smsPerSecond,
		log,
	});
	log.info({ namespace, taskQueue }, 'the worker polls');
	onStopSignal(async () => {
		log.info('stopping');
		await workers.stop();
		mailer.close();
		await Promise.allSettled([native.close(), db.destroy()]);
	});
	await workers.failed;
}

/** The text of a refused connection may hold more than its address. */
async function connectTemporal(options: NativeConnectionOptions): Promise<NativeConnection> {
	return NativeConnection.connect(options).catch(() => {
		throw new CannotStart(`Temporal at ${options.address} does not answer.`);
	});
}

class CannotStart extends Error {}

/** Errors of drivers quote values, so of those nobody expected only the name is told. */
function explain(error: unknown): string {
	if (error instanceof ConfigError || error instanceof CannotStart) return error.message;
	const { name, code } = error as NodeJS.ErrnoException;
	return `The worker ended: ${code ?? name}.`;
}

run().catch((error: unknown) => {
	console.error(explain(error));
	process.exit(error instanceof ConfigError ? EX_CONFIG : EX_FAILED);
});
