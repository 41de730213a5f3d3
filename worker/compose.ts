import { fileURLToPath } from 'node:url';
import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import { createActivities } from '../activities/index.js';
import { systemClock } from '../config/clock.js';
import type { Config } from '../config/index.js';
import type { Logger } from '../config/log.js';
import { CannotStartError } from '../config/program.js';
import type { Db } from '../database/connect.js';
import { KeyRing, type MasterKey } from '../domain/credentials/keys.js';
import { type Channels, openChannels } from './delivery.js';
import { installRuntime } from './runtime.js';
import { type RunningWorkers, startWorkers } from './worker.js';

const BUNDLE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

/** What a worker needs, in a process of its own or embedded. */
export interface WorkerParts {
	config: Config;
	log: Logger;
	db: Db;
	encryptionKeys: MasterKey[];
	channels: Channels;
	temporal: NativeConnectionOptions;
}

/** Connects to Temporal and polls all task queues. Leaves the database to the caller. @throws CannotStartError */
export async function openWorkers(parts: WorkerParts): Promise<RunningWorkers> {
	const { config, log, db, encryptionKeys, channels } = parts;
	installRuntime(log);
	const connection = await connectTemporal(parts.temporal);
	const { mailer, texter } = openChannels(config, channels, log);
	const { namespace, taskQueue } = config.temporal;
	const keys = new KeyRing(encryptionKeys);
	const activities = createActivities({ db, clock: systemClock, keys, policy: config.policy, mailer, texter });
	const { smsPerSecond } = config;
	const queues = { namespace, taskQueue, smsPerSecond };
	const workers = await startWorkers({ connection, ...queues, activities, bundlePath: BUNDLE, log });
	const stop = async () => {
		await workers.stop();
		mailer.close();
		await connection.close();
	};
	return { ...workers, stop };
}

/** The text of a refused connection may hold more than its address. */
function connectTemporal(options: NativeConnectionOptions): Promise<NativeConnection> {
	return NativeConnection.connect(options).catch(() => {
		throw new CannotStartError(`Temporal at ${options.address} does not answer.`);
	});
}
