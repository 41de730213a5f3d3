import { systemClock } from '../config/clock.js';
import { processIdentity } from '../config/identity.js';
import { type Config, ConfigError, loadConfig } from '../config/index.js';
import { createLogger } from '../config/log.js';
import { onStopSignal } from '../config/stop-signal.js';
import { connect } from '../database/connect.js';
import { KeyRing } from '../domain/credentials/keys.js';
import { createPages } from '../web/index.js';
import type { Api } from '../acts/context.js';
import { createSignals } from '../temporal/signals.js';
import { startApi } from './compose.js';
import { openTemporal, workflowUrl } from '../temporal/client.js';

/** `sysexits.h`: something is wrong with the configuration, a restart will not help. */
const EX_CONFIG = 78;
/** Connections of one API process. Acts are short; more would only queue inside PostgreSQL instead of here. */
const DATABASE_CONNECTIONS = 10;
/** Where Temporal's own tools put their UI, when nobody said. */
const TEMPORAL_UI_URL = 'http://localhost:8233';

/** What the embedded mode makes by itself and a process of its own must be given. */
function requireAll({ databaseUrl, temporal, encryptionKeys, agentApiKeys }: Config) {
	const { connection } = temporal;
	if (databaseUrl && connection && encryptionKeys && agentApiKeys) {
		return { databaseUrl, connection, encryptionKeys, agentApiKeys };
	}
	const given = {
		DATABASE_URL: databaseUrl,
		TEMPORAL_ADDRESS: connection,
		ENCRYPTION_KEYS: encryptionKeys,
		AGENT_API_KEY: agentApiKeys,
	};
	const missing = Object.entries(given).filter(([, value]) => !value);
	throw new ConfigError(missing.map(([name]) => `${name} is missing: only \`npm start\` brings its own.`));
}

async function run(): Promise<void> {
	const config = loadConfig(process.env);
	const { databaseUrl, connection, encryptionKeys, agentApiKeys } = requireAll(config);
	const log = createLogger(config);
	for (const warning of config.warnings) log.warn(warning);
	const { namespace, taskQueue, uiUrl } = config.temporal;
	const db = connect({
		url: databaseUrl,
		connections: DATABASE_CONNECTIONS,
		onIdleError: ({ name }) => log.warn({ error: name }, 'an idle database connection broke'),
	});
	const temporal = openTemporal({
		connection: connection.connectionOptions,
		namespace,
		taskQueue,
		identity: processIdentity(),
	});
	const api: Api = {
		db,
		clock: systemClock,
		policy: config.policy,
		keys: new KeyRing(encryptionKeys),
		signals: createSignals(temporal.client, taskQueue, log),
		log,
		productName: config.productName,
		totpIssuer: config.totpIssuer,
		supportContact: config.supportContact,
		agentKeys: agentApiKeys,
		workflowUrl: (accountId) => workflowUrl(uiUrl ?? TEMPORAL_UI_URL, namespace, accountId),
	};
	const { host, port } = config.http;
	const { productName, supportContact, platformUrl } = config;
	const publicUrl = config.http.publicUrl ?? `http://${host}:${port}`;
	const extraRouters = [createPages(api, { publicUrl, productName, supportContact, platformUrl })];
	const running = await startApi(api, { temporal, ...config.http, publicUrl, extraRouters });
	log.info({ url: running.url }, 'the API listens');
	onStopSignal(async () => {
		log.info('stopping');
		await running.stop();
		await Promise.allSettled([db.destroy(), temporal.close()]);
	});
}

/** Errors of drivers quote values, so of those nobody expected only the name is told. */
function explain(error: unknown): string {
	if (error instanceof ConfigError) return error.message;
	const { name, code } = error as NodeJS.ErrnoException;
	return `The API cannot start: ${code ?? name}.`;
}

run().catch((error: unknown) => {
	console.error(explain(error));
	process.exit(error instanceof ConfigError ? EX_CONFIG : 1);
});
