import { requireSettings, runProgram } from '../config/program.js';
import { connect } from '../database/connect.js';
import { openApi } from './compose.js';

/** Connections of one API process. Acts are short; more would only queue inside PostgreSQL instead of here. */
const DATABASE_CONNECTIONS = 10;

runProgram({ name: 'The API', role: 'api' }, async (config, log) => {
	const given = requireSettings({
		DATABASE_URL: config.databaseUrl,
		TEMPORAL_ADDRESS: config.temporal.connection,
		ENCRYPTION_KEYS: config.encryptionKeys,
		AGENT_API_KEY: config.agentApiKeys,
	});
	for (const warning of config.warnings) log.warn(warning);
	const db = connect({
		url: given.DATABASE_URL,
		connections: DATABASE_CONNECTIONS,
		onIdleError: ({ name }) => log.warn({ error: name }, 'an idle database connection broke'),
	});
	const { host, port, publicUrl } = config.http;
	const running = await openApi({
		config,
		log,
		db,
		encryptionKeys: given.ENCRYPTION_KEYS,
		agentApiKeys: given.AGENT_API_KEY,
		temporal: { connection: given.TEMPORAL_ADDRESS.connectionOptions, uiUrl: config.temporal.uiUrl },
		port,
		twilioAuthToken: config.twilioAuthToken,
		publicUrl: publicUrl ?? `http://${host}:${port}`,
	});
	log.info({ url: running.url }, 'the API listens');
	const stop = async () => {
		await running.stop();
		await db.destroy();
	};
	return { stop };
});
