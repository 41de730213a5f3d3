import type { Logger } from 'pino';
import type { Db } from '../database/connect.js';
import type { KeyRing } from '../domain/credentials/keys.js';
import type { Scorer } from '../domain/credentials/password.js';
import type { Policy } from '../domain/policy.js';
import type { Signals } from '../domain/signal.js';
import type { Clock } from '../domain/time.js';
import type { Load } from './door/load.js';

export interface AgentKey {
	/** The actor in the audit. */
	name: string;
	key: string;
}

/** All that acts and questions work with; made once by the composition root. */
export interface Api {
	db: Db;
	clock: Clock;
	policy: Policy;
	keys: KeyRing;
	signals: Signals;
	/** The turns in which this process works. */
	load: Load;
	scorePassword: Scorer;
	log: Logger;
	productName: string;
	totpIssuer: string;
	/** Whom a user with an expired temporary password turns to. */
	supportContact: string;
	agentKeys: readonly AgentKey[];
	/** Where operations see the account's workflow in Temporal UI. */
	workflowUrl(accountId: string): string;
}
