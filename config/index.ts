import { resolve } from 'node:path';
import type { Config } from './config.js';
import { readMail, readSms } from './delivery.js';
import { misspelledWarnings } from './misspelled.js';
import { policyProblems, policyWarnings, readPolicy } from './policy.js';
import { productionProblems, productionWarnings } from './production.js';
import { ofRole, type Role } from './roles.js';
import { withSecretsFromFiles } from './secrets-in-files.js';
import { readTemporal } from './temporal.js';
import { type Environment, environmentSchema } from './variables.js';

export type { Config } from './config.js';
export type { SmsConfig } from './delivery.js';
export type { Role } from './roles.js';
export type { AgentApiKey } from './secret-lists.js';

/** The configuration is invalid. The message lists every problem and contains no value. */
export class ConfigError extends Error {
	override readonly name = 'ConfigError';

	constructor(readonly problems: string[]) {
		super(
			`The configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n- ${problems.join('\n- ')}`,
		);
	}
}

/**
 * @param role decides what is needed, and which variables are not looked at
 * @throws ConfigError with every problem at once
 */
export function loadConfig(env: NodeJS.ProcessEnv, role: Role = 'everything'): Config {
	const problems: string[] = [];
	const given = withSecretsFromFiles(ofRole(role, env), problems);
	const environment = parse(given, problems);
	const config = assemble({ environment, given, role, problems });
	problems.push(...policyProblems(config.policy));
	if (config.totpIssuer.includes(':') && !given.TOTP_ISSUER) {
		problems.push('TOTP_ISSUER is missing: PRODUCT_NAME holds a colon, which an issuer must not.');
	}
	if (config.environment === 'production') {
		problems.push(...productionProblems(config, role, (name) => given[name] !== undefined));
		config.warnings.push(...productionWarnings(config, role));
	}
	if (problems.length > 0) throw new ConfigError(problems);
	return config;
}

/** The valid values. An invalid one is a problem and counts as unset, so that the other rules still run. */
function parse(given: Record<string, string>, problems: string[]): Environment {
	const parsed = environmentSchema.safeParse(given);
	if (parsed.success) return parsed.data;
	const readable = { ...given };
	for (const { path, message } of parsed.error.issues) {
		problems.push(`${String(path[0])} ${message}.`);
		delete readable[String(path[0])];
	}
	return environmentSchema.parse(readable);
}

interface Parts {
	environment: Environment;
	given: Record<string, string>;
	role: Role;
	problems: string[];
}

function assemble({ environment, given, role, problems }: Parts): Config {
	const policy = readPolicy(environment, role);
	return {
		environment: environment.NODE_ENV,
		logLevel: environment.LOG_LEVEL,
		http: {
			host: environment.HOST,
			port: environment.PORT,
			portGiven: given.PORT !== undefined,
			publicUrl: environment.PUBLIC_URL ?? null,
			trustProxy: environment.TRUST_PROXY,
		},
		dataDir: resolve(environment.DATA_DIR),
		databaseUrl: environment.DATABASE_URL ?? null,
		temporal: readTemporal(environment, given, problems),
		mail: readMail(environment, problems),
		sms: readSms(environment, problems),
		smsPerSecond: environment.SMS_PER_SECOND ?? null,
		encryptionKeys: environment.ENCRYPTION_KEYS ?? null,
		agentApiKeys: environment.AGENT_API_KEY ?? null,
		productName: environment.PRODUCT_NAME,
		totpIssuer: environment.TOTP_ISSUER ?? environment.PRODUCT_NAME,
		supportContact: environment.SUPPORT_CONTACT,
		platformUrl: environment.PLATFORM_URL ?? null,
		policy,
		warnings: [...policyWarnings(policy), ...misspelledWarnings(Object.keys(given))],
	};
}
