import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { createActivities } from '../activities/index.js';
import { ensureFirstAgent } from '../acts/accounts/agents.js';
import type { Api } from '../acts/context.js';
import { createSignals } from '../temporal/signals.js';
import { type RunningApi, startApi } from '../api/compose.js';
import { openTemporal, workflowUrl } from '../temporal/client.js';
import { systemClock } from '../config/clock.js';
import { processIdentity } from '../config/identity.js';
import type { Db } from '../database/connect.js';
import { KeyRing } from '../domain/credentials/keys.js';
import { createPages } from '../web/index.js';
import { openChannels } from '../worker/delivery.js';
import { installRuntime } from '../worker/runtime.js';
import { startWorkers } from '../worker/worker.js';
import type { Closers } from './closers.js';
import { type Delivery, openDelivery } from './delivery.js';
import type { Setup } from './setup.js';
import type { TemporalAccess } from './stores.js';

/** Its mail waits in the inbox: who reads that may work at the desk. */
export const FIRST_AGENT = 'agent@mobile-token.example';

const BUNDLE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

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

/** The worker and the API, in this process and in this order: who is answered yes is served. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
	const { host, publicUrl } = options.setup.config.http;
	const named = host.includes(':') ? `[${host}]` : host;
	const url = publicUrl ?? `http://${named}:${options.port}`;
	const delivery = await openDelivery(options.setup.config, options.closers);
	await openWorkers(options, delivery, url);
	const api = await openApi(options, delivery, url);
	return { url: api.url, port: api.port, inbox: delivery.inbox };
}

async function openWorkers(options: ServiceOptions, { channels }: Delivery, publicUrl: string): Promise<void> {
	const { setup, db, server, closers, onDeath } = options;
	const { config, encryptionKeys, log } = setup;
	const { namespace, taskQueue } = config.temporal;
	installRuntime(log);
	const { mailer, texter } = openChannels({ ...config, http: { ...config.http, publicUrl } }, channels, log);
	closers.add(async () => mailer.close());
	const native = await NativeConnection.connect(server.connection).catch(() => {
		// The text of a refused connection may hold more than its address.
		throw new Error(`Temporal at ${server.connection.address} does not answer.`);
	});
	closers.add(() => native.close());
	const keys = new KeyRing(encryptionKeys);
	const workers = await startWorkers({
		connection: native,
		namespace,
		taskQueue,
		activities: createActivities({ db, clock: systemClock, keys, policy: config.policy, mailer, texter }),
		bundlePath: BUNDLE,
		log,
	});
	closers.add(() => workers.stop());
	workers.failed.catch(() => onDeath('The worker stopped by itself; the log says why.'));
}

async function openApi(options: ServiceOptions, { routers }: Delivery, publicUrl: string): Promise<RunningApi> {
	const { setup, db, server, port, closers } = options;
	const { config, encryptionKeys, agentApiKeys, log } = setup;
	const { productName, supportContact, platformUrl } = config;
	const { namespace, taskQueue } = config.temporal;
	const temporal = openTemporal({ connection: server.connection, namespace, taskQueue, identity: processIdentity() });
	closers.add(() => temporal.close());
	const api: Api = {
		db,
		clock: systemClock,
		policy: config.policy,
		keys: new KeyRing(encryptionKeys),
		signals: createSignals(temporal.client, taskQueue, log),
		log,
		productName,
		totpIssuer: config.totpIssuer,
		supportContact,
		agentKeys: agentApiKeys,
		workflowUrl: (accountId) => workflowUrl(server.uiUrl, namespace, accountId),
	};
	const extraRouters = [...routers, createPages(api, { publicUrl, productName, supportContact, platformUrl })];
	const running = await startApi(api, { temporal, ...config.http, port, publicUrl, extraRouters });
	closers.add(() => running.stop());
	await ensureFirstAgent(api, FIRST_AGENT);
	return running;
}
