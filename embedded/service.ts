import { ensureFirstAgent } from '../acts/accounts/agents.js';
import { openApi } from '../api/compose.js';
import type { Db } from '../database/connect.js';
import { openWorkers } from '../worker/compose.js';
import type { Closers } from './closers.js';
import { type Delivery, openDelivery } from './delivery.js';
import type { Setup } from './setup.js';
import type { TemporalAccess } from './stores.js';

/** The inbox receives the mail of this first agent, whose reader may then work at the desk. */
export const FIRST_AGENT = 'agent@mobile-token.example';

export interface ServiceOptions {
	setup: Setup;
	db: Db;
	server: TemporalAccess;
	port: number;
	closers: Closers;
	onDeath: (reason: string) => void;
}

export interface RunningService {
	/** Where the API listens. */
	url: string;
	port: number;
	inbox: Delivery['inbox'];
}

/** The worker and then the API, in this process: an act that the API accepts finds a worker. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
	const { setup, db, server, port, closers, onDeath } = options;
	const { config, encryptionKeys, agentApiKeys, log } = setup;
	const { host, publicUrl: given } = config.http;
	const named = host.includes(':') ? `[${host}]` : host;
	const publicUrl = given ?? `http://${named}:${port}`;
	const delivery = await openDelivery(config, closers);
	const { channels, routers, inbox } = delivery;
	const withUrl = { ...config, http: { ...config.http, publicUrl } };
	const parts = { config: withUrl, log, db, encryptionKeys };
	const workers = await openWorkers({ ...parts, channels, temporal: server.connection ?? {} });
	closers.add(() => workers.stop());
	workers.failed.catch(() => onDeath('The worker stopped by itself; the log says why.'));
	const api = await openApi({ ...parts, agentApiKeys, temporal: server, port, publicUrl, routers });
	closers.add(() => api.stop());
	await ensureFirstAgent(api.api, FIRST_AGENT);
	return { url: api.url, port: api.port, inbox };
}
