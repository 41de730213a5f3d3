import type { Router } from 'express';
import { sql } from 'kysely';
import type { Db } from '../database/connect.js';
import type { Api } from '../acts/context.js';
import { createApp } from './app.js';
import type { Health } from './routes/health.js';
import { startServer } from './http/server.js';
import { startSweep } from '../temporal/sweep.js';
import type { Temporal } from '../temporal/client.js';
import { within } from '../temporal/within.js';

export interface StartOptions {
	temporal: Temporal;
	host: string;
	port: number;
	/** Where people and clients reach us; null for the address it listens at. */
	publicUrl: string | null;
	trustProxy: boolean | number | string[];
	extraRouters?: readonly Router[];
	/** Whether something else must be up before the service is ready; asked at each look. */
	isStarting?: () => boolean;
}

export interface RunningApi {
	/** Where it listens. */
	url: string;
	port: number;
	/** Takes nothing new, finishes requests and the signals of their acts. Leaves database and Temporal to the caller. */
	stop(): Promise<void>;
}

/** Milliseconds. */
const DATABASE_PROBE_MS = 1_500;
const REQUEST_GRACE_MS = 10_000;
/** Signals that do not leave by then are sent by whoever sweeps next. */
const SIGNAL_GRACE_MS = 2_000;

/** Serves the API and sweeps, until stopped. @throws what the system says when it cannot listen */
export async function startApi(api: Api, options: StartOptions): Promise<RunningApi> {
	const { temporal, host, port, publicUrl, trustProxy, extraRouters, isStarting } = options;
	let draining = false;
	const health = async (): Promise<Health> => {
		const [database, workers] = await Promise.all([probe(api.db), temporal.countWorkers()]);
		const starting = isStarting?.() ?? false;
		return { database, draining, starting, temporal: workers === null ? 'down' : 'up', workers };
	};
	const app = createApp(api, { publicUrl, health, trustProxy, extraRouters });
	const server = await startServer(app, { host, port });
	app.locals.publicUrl = publicUrl ?? server.url;
	const stopSweep = startSweep(api);
	return {
		url: server.url,
		port: server.port,
		stop: async () => {
			draining = true;
			await server.stop(REQUEST_GRACE_MS);
			await stopSweep();
			await within(SIGNAL_GRACE_MS, api.signals.settled(), undefined);
		},
	};
}

function probe(db: Db): Promise<'up' | 'down'> {
	const answer = sql`select 1`.execute(db).then(() => 'up' as const);
	return within<'up' | 'down'>(DATABASE_PROBE_MS, answer, 'down');
}
