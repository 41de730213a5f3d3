import type { ConnectionOptions } from '@temporalio/client';
import type { Router } from 'express';
import { sql } from 'kysely';
import pTimeout from 'p-timeout';
import type { Api } from '../acts/context.js';
import { createLoad } from '../acts/door/load.js';
import { createScorer } from '../acts/password/scorer.js';
import { smsBudget } from '../acts/phone/sms-budget.js';
import { housekeeping } from '../acts/time/housekeeping.js';
import { systemClock } from '../config/clock.js';
import { processIdentity } from '../config/identity.js';
import type { AgentApiKey, Config } from '../config/index.js';
import type { Logger } from '../config/log.js';
import type { Db } from '../database/connect.js';
import { countDelayedEmails } from '../database/messages.js';
import { KeyRing, type MasterKey } from '../domain/credentials/keys.js';
import { LOAD } from '../domain/load.js';
import { openTemporal, type Temporal, workflowUrl } from '../temporal/client.js';
import { createSignals } from '../temporal/signals.js';
import { startSweep } from '../temporal/sweep.js';
import { createPages } from '../web/index.js';
import { createApp } from './app.js';
import { startServer } from './http/server.js';
import type { Health } from './routes/health.js';

/** What the API needs, in a process of its own or embedded. */
export interface ApiParts {
	config: Config;
	log: Logger;
	db: Db;
	encryptionKeys: MasterKey[];
	agentApiKeys: AgentApiKey[];
	temporal: { connection?: ConnectionOptions | undefined; uiUrl: string | null };
	port: number;
	/** The public address, without a trailing slash. */
	publicUrl: string;
	/** Mounted beside API and pages. */
	routers?: readonly Router[];
}

/** The default address of Temporal's own UI. */
const TEMPORAL_UI_URL = 'http://localhost:8233';

/** Composes the API with its pages and serves it. The caller owns the database. */
export async function openApi(parts: ApiParts): Promise<RunningApi & { api: Api }> {
	const { config, log, db, port, publicUrl, routers = [] } = parts;
	const { namespace, taskQueue } = config.temporal;
	const { productName, totpIssuer, supportContact, platformUrl, policy } = config;
	const connection = parts.temporal.connection ?? {};
	const temporal = openTemporal({ connection, namespace, taskQueue, identity: processIdentity() });
	const uiUrl = parts.temporal.uiUrl ?? TEMPORAL_UI_URL;
	const api: Api = {
		db,
		clock: systemClock,
		policy,
		keys: new KeyRing(parts.encryptionKeys),
		signals: createSignals(temporal.client, taskQueue, log),
		load: createLoad(LOAD),
		scorePassword: createScorer(),
		log,
		productName,
		totpIssuer,
		supportContact,
		agentKeys: parts.agentApiKeys,
		workflowUrl: (accountId) => workflowUrl(uiUrl, namespace, accountId),
	};
	const pages = createPages(api, { publicUrl, productName, supportContact, platformUrl });
	const extraRouters = [...routers, pages];
	const running = await startApi(api, { temporal, ...config.http, port, publicUrl, extraRouters });
	const stop = async () => {
		await running.stop();
		await temporal.close();
	};
	return { ...running, api, stop };
}

export interface StartOptions {
	temporal: Temporal;
	host: string;
	port: number;
	/** The public address; null for the address it listens at. */
	publicUrl: string | null;
	trustProxy: boolean | number | string[];
	extraRouters?: readonly Router[];
	/** Whether the process is still starting; read at each `/readyz`. */
	isStarting?: () => boolean;
}

export interface RunningApi {
	/** Where it listens. */
	url: string;
	port: number;
	/**
	 * Takes no new connections, finishes requests and the signals of their acts. The caller closes database and Temporal.
	 */
	stop(): Promise<void>;
}

/** Milliseconds. A probe that takes longer reports "down", within the time that a load balancer waits. */
const DATABASE_PROBE_MS = 1_500;
const REQUEST_GRACE_MS = 10_000;
/** Milliseconds. The next sweep sends signals that do not leave within them. */
const SIGNAL_GRACE_MS = 2_000;

/** Serves the API and sweeps, until stopped. @throws what the system says when it cannot listen */
export async function startApi(api: Api, options: StartOptions): Promise<RunningApi> {
	const { temporal, host, port, publicUrl, trustProxy, extraRouters, isStarting } = options;
	let draining = false;
	const health = async (): Promise<Health> => {
		const [database, workers, sms, delayedEmails] = await Promise.all([
			asked(sql`select 1`.execute(api.db)),
			temporal.countWorkers(),
			asked(smsBudget(api)),
			asked(countDelayedEmails(api.db, api.clock.now())),
		]);
		const starting = isStarting?.() ?? false;
		const reported = { sms, temporal: workers === null ? 'down' : 'up', delayedEmails, workers } as const;
		return { database: database ? 'up' : 'down', draining, starting, ...reported };
	};
	const app = createApp(api, { publicUrl, health, trustProxy, extraRouters });
	const server = await startServer(app, { host, port });
	app.locals.publicUrl = publicUrl ?? server.url;
	const stopSweep = startSweep(api, housekeeping(api));
	return {
		url: server.url,
		port: server.port,
		stop: async () => {
			draining = true;
			await server.stop(REQUEST_GRACE_MS);
			await stopSweep();
			await pTimeout(api.signals.settled(), { milliseconds: SIGNAL_GRACE_MS, fallback: () => {} });
		},
	};
}

/** What the database answers in time, else null. */
function asked<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
	return pTimeout(answer, { milliseconds: DATABASE_PROBE_MS }).catch(() => null);
}
