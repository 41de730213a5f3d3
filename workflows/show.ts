import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { ATTENTION_ATTRIBUTE, DEADLINE_ATTRIBUTE, STEP_ATTRIBUTE } from './messages.js';
import { type OnboardingStanding, standingAsMarkdown } from './standing.js';

/** Shows the account's standing to operations: the table in Temporal UI, and the search attributes. */
export function show(standing: OnboardingStanding): void {
	setCurrentDetails(standingAsMarkdown(standing));
	const changed = attributesOf(standing).filter(isNews);
	if (changed.length > 0) upsertSearchAttributes(changed);
}

/** An erased account has no step, so that it appears in no list of a step. */
function attributesOf({ step, deadline, attention }: OnboardingStanding): SearchAttributeUpdatePair[] {
	return [
		{ key: STEP_ATTRIBUTE, value: step === 'erased' ? null : step },
		{ key: DEADLINE_ATTRIBUTE, value: deadline === null ? null : new Date(deadline) },
		{ key: ATTENTION_ATTRIBUTE, value: attention },
	];
}

/** Each upsert is an event of the history, so only changes are upserted. */
function isNews({ key, value }: SearchAttributeUpdatePair): boolean {
	return (workflowInfo().typedSearchAttributes.get(key)?.valueOf() ?? null) !== (value?.valueOf() ?? null);
}
