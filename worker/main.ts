import { requireSettings, runProgram } from '../config/program.js';
import { connect } from '../database/connect.js';
import { openWorkers } from './compose.js';

/** Connections of one worker process. Activities are short; more would only queue inside PostgreSQL instead of here. */
const DATABASE_CONNECTIONS = 10;

runProgram({ name: 'The worker', role: 'worker' }, async (config, log) => {
	const given = requireSettings({
		DATABASE_URL: config.databaseUrl,
		TEMPORAL_ADDRESS: config.temporal.connection,
		ENCRYPTION_KEYS: config.encryptionKeys,
		SMTP_URL: config.mail.smtpUrl,
		TWILIO_ACCOUNT_SID: config.sms,
	});
	for (const warning of config.warnings) log.warn(warning);
	const db = connect({
		url: given.DATABASE_URL,
		connections: DATABASE_CONNECTIONS,
		onIdleError: ({ name }) => log.warn({ error: name }, 'an idle database connection broke'),
	});
	const workers = await openWorkers({
		config,
		log,
		db,
		encryptionKeys: given.ENCRYPTION_KEYS,
		channels: { smtpUrl: given.SMTP_URL, sms: given.TWILIO_ACCOUNT_SID },
		temporal: given.TEMPORAL_ADDRESS.connectionOptions,
	});
	const { namespace, taskQueue } = config.temporal;
	log.info({ namespace, taskQueue }, 'the worker polls');
	const stop = async () => {
		await workers.stop();
		await db.destroy();
	};
	return { stop, failed: workers.failed };
});
