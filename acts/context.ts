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

/** The dependencies of acts and questions. The composition root makes them once. */
export interface Api {
	db: Db;
	clock: Clock;
	policy: Policy;
	keys: KeyRing;
	signals: Signals;
	/** Limits of the work that this process does at once. */
	load: Load;
	scorePassword: Scorer;
	log: Logger;
	productName: string;
	totpIssuer: string;
	/** The contact for a user whose temporary password has expired. */
	supportContact: string;
	agentKeys: readonly AgentKey[];
	/** Where operations see the account's workflow in Temporal UI. */
	workflowUrl(accountId: string): string;
}
