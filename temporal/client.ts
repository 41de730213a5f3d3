import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import pTimeout from 'p-timeout';
import { onboardingWorkflowId } from '../workflows/messages.js';

export interface TemporalOptions {
	connection: ConnectionOptions;
	namespace: string;
	/** The workflow's own task queue. */
	taskQueue: string;
	/** How this process names itself in histories. */
	identity: string;
}

/** The API's connection to Temporal: it sends signals and counts the workers. */
export interface Temporal {
	client: Client;
	/** How many pollers the workflow's task queue had lately; null when the server cannot be asked. */
	countWorkers(): Promise<number | null>;
	close(): Promise<void>;
}

/** Milliseconds. */
const PROBE_MS = 1_000;
/** Milliseconds. gRPC would wait up to two minutes after a long outage; owed messages must leave within 30 seconds. */
const RECONNECT_MAX_MS = 5_000;
const WORKFLOW_TASKS = 1;

/** Connects at the first use, so that the API starts and serves while Temporal is down. */
export function openTemporal({ connection: options, namespace, taskQueue, identity }: TemporalOptions): Temporal {
	const connection = Connection.lazy({
		...options,
		// The SDK's retries outlive the connection: once it is closed they throw where no code can catch them. The sweep
		// repeats lost signals.
		interceptors: [],
		channelArgs: { 'grpc.max_reconnect_backoff_ms': RECONNECT_MAX_MS, ...options.channelArgs },
	});
	const probe = async (): Promise<number | null> => {
		// biome-ignore lint/plugin: gRPC deadlines use the machine's time, not the injected clock
		const deadline = Date.now() + PROBE_MS;
		const queue = { namespace, taskQueue: { name: taskQueue }, taskQueueType: WORKFLOW_TASKS };
		const described = await connection.withDeadline(deadline, () =>
			connection.workflowService.describeTaskQueue(queue),
		);
		return described.pollers?.length ?? 0;
	};
	return {
		client: new Client({ connection, namespace, identity }),
		countWorkers: () => pTimeout(probe(), { milliseconds: PROBE_MS }).catch(() => null),
		close: () => connection.close(),
	};
}

/** The address of the account's workflow in Temporal UI. */
export function workflowUrl(uiUrl: string, namespace: string, accountId: string): string {
	return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${onboardingWorkflowId(accountId)}`;
}
