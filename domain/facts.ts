import type { MessageState, OwedMessage } from './message.js';
import { WAKE_AFTER_OWED_MS } from './policy.js';
import { type AttentionFacts, nextStep, type StepFacts } from './step.js';
import { after, earliest, type Instant, latest, MINUTE_MS, msUntil } from './time.js';

/** The live passcode without its digits and number. */
export interface PasscodeFacts {
	/** Counts the codes of the account, from 1. */
	number: number;
	expiresAt: Instant;
	resendAvailableAt: Instant;
	delivery: MessageState;
}

/**
 * All that an account's workflow decides by: dates, counts and ids. The facts contain no personal data and no secret,
 * so a history may hold them. Fields added later are optional, because workers replay old histories.
 */
export interface Facts extends AttentionFacts {
	/** When the facts were read. */
	asOf?: Instant;
	/** Missing once the password was changed: nothing depends on it any more. */
	createdAt: Instant | null;
	erasedAt: Instant | null;
	/** When the next reminder to add a phone is due; null when none is. */
	reminderDueAt: Instant | null;
	passcode: PasscodeFacts | null;
	/** Messages that must still leave, oldest first. */
	owed: OwedMessage[];
	/** How many messages stand in each state. */
	messageCounts: Partial<Record<MessageState, number>>;
}

/** Since when the account stands at its step. */
export function stepSince(facts: Pick<Facts, 'createdAt' | keyof StepFacts>, now: Instant): Instant {
	const expired = nextStep(facts, now) === 'temporary-password-expired';
	return (
		latest(
			facts.createdAt,
			facts.passwordChangedAt,
			facts.authenticatorConfirmedAt,
			facts.phoneVerifiedAt,
			expired ? facts.temporaryPasswordExpiresAt : null,
		) ?? now
	);
}

/** When the step ends by itself, if it does: only the temporary password has a deadline. */
export function stepDeadline(facts: Facts, now: Instant): Instant | null {
	return !facts.erasedAt && nextStep(facts, now) === 'change-password' ? facts.temporaryPasswordExpiresAt : null;
}

/**
 * When the workflow must read the facts again without any act: a minute after the next thing owed, or null. `owedSince`
 * is since when the oldest message waits. A message that has waited long is looked for at growing intervals (as long
 * again as it has waited), so that a day-long outage of the mail server does not fill a history. `database/wakes.ts`
 * says the same in SQL.
 */
export function wakeBy(facts: Facts, owedSince: Instant | null, now: Instant): Instant | null {
	const message = owedSince && after(now, Math.max(0, msUntil(owedSince, now) - MINUTE_MS));
	// An erased account is owed its last mail and nothing else.
	const next = facts.erasedAt ? message : earliest(stepDeadline(facts, now), facts.reminderDueAt, message);
	return next && after(next, WAKE_AFTER_OWED_MS);
}
