import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
	continueAsNew,
	ParentClosePolicy,
	proxyLocalActivities,
	setCurrentDetails,
	sleep,
	startChild,
	workflowInfo,
} from '@temporalio/workflow';
import type { BatchActivities, RegisteredRows } from '../activities/types.js';
import { type Instant, msUntil, SECOND_MS } from '../domain/time.js';
import {
	type BatchInput,
	type BatchResult,
	ONBOARDING,
	ONBOARDING_SUMMARY,
	onboardingWorkflowId,
	WORKFLOW_TASK_TIMEOUT_MS,
} from './messages.js';
import { now } from './now.js';

/** Retried without limit, since an outage of the database may be long. */
const { registerRows } = proxyLocalActivities<BatchActivities>({
	startToCloseTimeout: '30s',
	localRetryThreshold: '1s',
	retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

/**
 * Registers the people of a batch at a set rate until no row waits or the batch is stopped. Personal data stays in the
 * database. The batch starts each account's own workflow, which outlives this one.
 */
export async function batch({ batchId, rowsPerSecond = 1 }: BatchInput): Promise<BatchResult> {
	let limit = rowsPerSecond;
	for (;;) {
		const startedAt = now();
		const done = await registerRows.executeWithOptions({ summary: `register ${limit}` }, [{ batchId, limit }]);
		await Promise.all(done.accountIds.map(startOnboarding));
		setCurrentDetails(progressOf(done));
		if (done.waiting === 0) return { rows: done.rowCount, ...(done.stopped && { stopped: done.stopped }) };
		limit = done.rowsPerSecond;
		await sleep(restOfSecond(startedAt), { summary: 'wait for the next second' });
		if (workflowInfo().continueAsNewSuggested) {
			await continueAsNew<typeof batch>({ batchId, rowsPerSecond: limit });
		}
	}
}

function progressOf({ rowCount, waiting, stopped = 0, rowsPerSecond }: RegisteredRows): string {
	if (stopped > 0) return `stopped, its agent was removed: ${stopped} of ${rowCount} rows are not registered`;
	return `${rowCount - waiting} of ${rowCount} rows done, ${rowsPerSecond} a second`;
}

/** A run that the sweep started meanwhile does the same. */
async function startOnboarding(accountId: string): Promise<void> {
	try {
		await startChild(ONBOARDING, {
			workflowId: onboardingWorkflowId(accountId),
			args: [{ accountId }],
			parentClosePolicy: ParentClosePolicy.ABANDON,
			workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
			staticSummary: ONBOARDING_SUMMARY,
		});
	} catch (error) {
		if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
	}
}

function restOfSecond(startedAt: Instant): number {
	return Math.max(1, SECOND_MS - msUntil(startedAt, now()));
}
