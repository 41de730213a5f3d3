import type { Step } from '../domain/step.js';
import type { Instant } from '../domain/time.js';

/** The names that clients and workers share with the workflow. Importing them loads no workflow code. */

/** The workflow type. */
export const ONBOARDING = 'onboarding';

/** The query that answers with an `OnboardingStanding`, or null before the first load of the facts. */
export const ONBOARDING_QUERY = 'onboarding';

/** The workflow id of an account, the same for all its runs. */
export function onboardingWorkflowId(accountId: string): string {
	return `${ONBOARDING}-${accountId}`;
}

/** E-mail and SMS have task queues of their own, so that neither can hold up the other or a timer. */
export function taskQueues(base: string): { workflow: string; email: string; sms: string } {
	return { workflow: base, email: `${base}-email`, sms: `${base}-sms` };
}

/** Shown in Temporal UI beside every run; for `staticSummary` of the starter. */
export const ONBOARDING_SUMMARY = 'takes one account from registered to protected by a second factor';

/** Temporal gives a lost workflow task to another worker after this long; for `workflowTaskTimeout` of the starter. */
export const WORKFLOW_TASK_TIMEOUT_MS = 5_000;

/**
 * What operations filter workflows by. An unregistered attribute would stop every run, so workers register them first.
 */
export const STEP_ATTRIBUTE = { name: 'OnboardingStep', type: 'KEYWORD' } as const;
export const DEADLINE_ATTRIBUTE = { name: 'OnboardingDeadline', type: 'DATETIME' } as const;
export const ATTENTION_ATTRIBUTE = { name: 'OnboardingAttention', type: 'KEYWORD' } as const;
export const SEARCH_ATTRIBUTES = [STEP_ATTRIBUTE, DEADLINE_ATTRIBUTE, ATTENTION_ATTRIBUTE] as const;

export interface OnboardingInput {
	accountId: string;
}

/**
 * The argument of every signal. Signals are named after events; name and argument serve readers of the history only.
 */
export interface SignalInput {
	/** Absent when the sweep signals. */
	eventId?: string;
}

/** The result of a run. */
export interface OnboardingResult {
	step: Step | 'erased';
	completedAt?: Instant;
}

/** The workflow type that registers many. */
export const BATCH = 'batch';
export const BATCH_SUMMARY = 'registers the people of a batch at a set rate';

/** The workflow id of a batch. */
export function batchWorkflowId(batchId: string): string {
	return `${BATCH}-${batchId}`;
}

export interface BatchInput {
	batchId: string;
	/** Absent in the first run; one that continues as new passes it on. */
	rowsPerSecond?: number;
}

/** The result of a batch's run. */
export interface BatchResult {
	rows: number;
	/** Rows that a stopped batch has not registered. Absent when it was not stopped. */
	stopped?: number;
}
