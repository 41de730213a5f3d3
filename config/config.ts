import type { MasterKey } from '../domain/credentials/keys.js';
import type { Policy } from '../domain/policy.js';
import type { MailConfig, SmsConfig } from './delivery.js';
import type { AgentApiKey } from './secret-lists.js';
import type { TemporalConfig } from './temporal.js';

/** How a process is set up. Made once, at start, by `loadConfig`. */
export interface Config {
	environment: 'production' | 'development' | 'test';
	logLevel: string;
	http: {
		host: string;
		port: number;
		/** Whether the port was set. A set port has no substitute. */
		portGiven: boolean;
		/** Where browsers and clients reach the API, without a trailing slash. Null when not set. */
		publicUrl: string | null;
		/** Express's `trust proxy`. */
		trustProxy: boolean | number | string[];
	};
	/** Absolute path of the embedded parts' folder. */
	dataDir: string;
	/** Null for the embedded database. */
	databaseUrl: string | null;
	temporal: TemporalConfig;
	mail: MailConfig;
	/** Null when SMS go to the embedded inbox. */
	sms: SmsConfig | null;
	/** SMS a second over all workers; null for as many as there are. */
	smsPerSecond: number | null;
	/** The first key is current. Null when the embedded mode makes them. */
	encryptionKeys: MasterKey[] | null;
	/** Null when the embedded mode makes one. */
	agentApiKeys: AgentApiKey[] | null;
	productName: string;
	/** Stands in the authenticator app beside the code; holds no colon. */
	totpIssuer: string;
	/** Where users reach Customer Success. */
	supportContact: string;
	/** Where a user goes after the onboarding. Null when not set. */
	platformUrl: string | null;
	policy: Policy;
	/** Warnings for the log at start. */
	warnings: string[];
}
