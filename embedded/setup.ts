import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination } from 'pino';
import { type Config, loadConfig } from '../config/index.js';
import { createLogger, type Logger } from '../config/log.js';
import type { MasterKey } from '../domain/credentials/keys.js';
import { openAgentApiKey, openEncryptionKeys } from './secrets.js';

const LOG_MAX_BYTES = 20_000_000;

export interface Setup {
	config: Config;
	encryptionKeys: MasterKey[];
	agentApiKeys: NonNullable<Config['agentApiKeys']>;
	/** Whether the agents' key is the one in the data folder. */
	agentApiKeyMade: boolean;
	log: Logger;
	logFile: string;
}

/** The environment, completed by the data folder. @throws ConfigError */
export function readSetup(env: NodeJS.ProcessEnv): Setup {
	const asked = loadConfig(env);
	const completed: NodeJS.ProcessEnv = { ...env };
	if (!asked.encryptionKeys) completed.ENCRYPTION_KEYS = openEncryptionKeys(asked.dataDir);
	if (!asked.agentApiKeys) completed.AGENT_API_KEY = openAgentApiKey(asked.dataDir);
	const config = loadConfig(completed);
	const { encryptionKeys, agentApiKeys } = config;
	if (!encryptionKeys || !agentApiKeys) throw new Error('The secrets of the data folder cannot be read.');
	const logFile = join(config.dataDir, 'mobile-token.log');
	const agentApiKeyMade = asked.agentApiKeys === null;
	return { config, encryptionKeys, agentApiKeys, agentApiKeyMade, log: openLog(config, logFile), logFile };
}

/**
 * The terminal is for people, so the log goes to a file. Each line is written at once, since the process may be killed.
 */
function openLog(config: Config, path: string): Logger {
	if (existsSync(path) && statSync(path).size > LOG_MAX_BYTES) renameSync(path, `${path}.1`);
	return createLogger(config, destination({ dest: path, sync: true, mode: 0o600 }));
}
