import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Activities, BatchActivities } from '../activities/types.js';
import { processIdentity } from '../config/identity.js';
import { taskQueues } from '../workflows/messages.js';
import { plainFailures } from './failures.js';
import { resultsWithoutNulls } from './results.js';
import { ensureSearchAttributes } from './search-attributes.js';

/** Temporal gives the cached workflows of a killed worker to another one after this long. */
const STICKY_TIMEOUT_MS = 1_000;
/** Running activities may finish when the worker stops: a delivery takes at most 10 s … */
const GRACE_MS = 10_000;
/** … then the process ends in any case. */
const FORCE_MS = 15_000;
const BUILD_ID_LENGTH = 8;

export interface WorkerDependencies {
	connection: NativeConnection;
	namespace: string;
	/** The base of the three task queues, see `taskQueues`. */
	taskQueue: string;
	/** Without the activities of batches, batches wait. */
	activities: Activities & Partial<BatchActivities>;
	/** The workflow bundle that the build made. */
	bundlePath: string;
	/** SMS a second over all workers; null or unset: no limit of ours. */
	smsPerSecond?: number | null;
	log: Logger;
}

export interface RunningWorkers {
	/** Lets what runs end, within `GRACE_MS`; resolves when nothing polls any more. */
	stop(): Promise<void>;
	/** Rejects when a worker stopped by itself. Never resolves. */
	failed: Promise<never>;
}

/** Starts one worker for workflows with their local activities, one for e-mail and one for SMS. */
export async function startWorkers(deps: WorkerDependencies): Promise<RunningWorkers> {
	await ensureSearchAttributes(deps.connection, deps.namespace, deps.log);
	const buildId = await buildIdOf(deps.bundlePath);
	const workers = await Promise.all(optionsOf(deps, buildId).map((options) => Worker.create(options)));
	const runs = workers.map((worker) => worker.run());
	const failed = new Promise<never>((_, reject) => {
		for (const run of runs) run.catch(reject);
	});
	failed.catch(() => {});
	return {
		failed,
		async stop() {
			for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
			await Promise.allSettled(runs);
		},
	};
}

/**
 * The build id of the workflow code, which stands in every task of a history. The SDK's own takes 90 bytes, twice a
 * task: a tenth of an onboarding's history.
 */
async function buildIdOf(bundlePath: string): Promise<string> {
	return createHash('sha256')
		.update(await readFile(bundlePath))
		.digest('hex')
		.slice(0, BUILD_ID_LENGTH);
}

function optionsOf(deps: WorkerDependencies, buildId: string): WorkerOptions[] {
	const { connection, namespace, activities, bundlePath, smsPerSecond, log } = deps;
	const { deliverEmail, deliverSms, ...local } = activities;
	const queues = taskQueues(deps.taskQueue);
	const common = {
		connection,
		namespace,
		identity: processIdentity(),
		buildId,
		shutdownGraceTime: GRACE_MS,
		shutdownForceTime: FORCE_MS,
		interceptors: { activity: [resultsWithoutNulls, plainFailures(log)] },
	};
	return [
		{
			...common,
			taskQueue: queues.workflow,
			workflowBundle: { codePath: bundlePath },
			activities: local,
			enableNonLocalActivities: false,
			stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT_MS,
		},
		{ ...common, taskQueue: queues.email, activities: { deliverEmail } },
		{
			...common,
			taskQueue: queues.sms,
			activities: { deliverSms },
			...(smsPerSecond && { maxTaskQueueActivitiesPerSecond: smsPerSecond }),
		},
	];
}
