import { type Client, WorkflowIdConflictPolicy } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Happened, Signals } from '../domain/signal.js';
import type { Step } from '../domain/step.js';
import type { Instant } from '../domain/time.js';
import {
	BATCH,
	BATCH_SUMMARY,
	type BatchInput,
	batchWorkflowId,
	DEADLINE_ATTRIBUTE,
	ONBOARDING,
	ONBOARDING_SUMMARY,
	type OnboardingInput,
	onboardingWorkflowId,
	type SignalInput,
	STEP_ATTRIBUTE,
	WORKFLOW_TASK_TIMEOUT_MS,
} from '../workflows/messages.js';

/** Milliseconds. A server that hangs for longer would delay the account's next signal, and the sweep. */
const SIGNAL_TIMEOUT_MS = 5_000;

/** Signals over a Temporal client. Each starts the account's run when none is open. */
export function createSignals(client: Client, taskQueue: string, log: Logger): Signals {
	const lastOf = new Map<string, Promise<void>>();

	async function send({ accountId, name, eventId, expiresAt }: Happened): Promise<void> {
		const input: OnboardingInput = { accountId };
		const signal: SignalInput = eventId ? { eventId } : {};
		const options = {
			workflowId: onboardingWorkflowId(accountId),
			workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
			taskQueue,
			args: [input],
			signal: name,
			signalArgs: [signal],
			workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
			staticSummary: ONBOARDING_SUMMARY,
			...(expiresAt && { typedSearchAttributes: attributesOfRegistered(expiresAt) }),
		};
		await client.withAbortSignal(AbortSignal.timeout(SIGNAL_TIMEOUT_MS), () =>
			client.workflow.signalWithStart(ONBOARDING, options),
		);
	}

	async function startBatch(batchId: string): Promise<void> {
		const input: BatchInput = { batchId };
		const options = {
			workflowId: batchWorkflowId(batchId),
			workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
			taskQueue,
			args: [input],
			workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
			staticSummary: BATCH_SUMMARY,
		};
		await client.withAbortSignal(AbortSignal.timeout(SIGNAL_TIMEOUT_MS), () => client.workflow.start(BATCH, options));
	}

	function tell(happened: Happened): void {
		const { accountId, name } = happened;
		const before = lastOf.get(accountId) ?? Promise.resolve();
		const sent = before
			.then(() => send(happened))
			.catch(() => log.warn({ accountId, signal: name }, 'Temporal did not take the signal, the sweep will send one'))
			.finally(() => {
				if (lastOf.get(accountId) === sent) lastOf.delete(accountId);
			});
		lastOf.set(accountId, sent);
	}

	return { tell, send, startBatch, settled: async () => void (await Promise.all(lastOf.values())) };
}

/** The same attributes as the run computes, so that the run upserts nothing. */
function attributesOfRegistered(expiresAt: Instant): TypedSearchAttributes {
	const step: Step = 'change-password';
	return new TypedSearchAttributes([
		{ key: STEP_ATTRIBUTE, value: step },
		{ key: DEADLINE_ATTRIBUTE, value: new Date(expiresAt) },
	]);
}
