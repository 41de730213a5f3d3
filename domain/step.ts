import type { Instant } from './time.js';

/** The steps of an account, in the order of the onboarding. */
export const STEPS = [
	'change-password',
	'temporary-password-expired',
	'confirm-authenticator',
	'verify-phone',
	'complete',
] as const;
export type Step = (typeof STEPS)[number];

/** Why an account needs help, most urgent first. Each has a way out, which `docs/runbook.md` names. */
export const ATTENTIONS = [
	'frozen',
	'email-failed',
	'email-delayed',
	'sms-failed',
	'locked',
	'under-attack',
	'temporary-password-expired',
] as const;
export type Attention = (typeof ATTENTIONS)[number];

/** The dated facts that decide the step. */
export interface StepFacts {
	/** Irrelevant once the password was changed; may be missing then. */
	temporaryPasswordExpiresAt: Instant | null;
	passwordChangedAt: Instant | null;
	authenticatorConfirmedAt: Instant | null;
	phoneVerifiedAt: Instant | null;
	phoneDeferredUntil: Instant | null;
}

/** The dated facts that decide whether an account needs help. */
export interface AttentionFacts extends StepFacts {
	/** When the mail of the temporary password failed. */
	emailFailedAt: Instant | null;
	/** From then on the oldest mail that is owed counts as delayed. Absent in old histories. */
	emailDelayedAt?: Instant | null;
	/** From then on the SMS counts as failed; lies ahead while it may still leave. */
	smsFailedAt: Instant | null;
	lockedAt: Instant | null;
	/** Absent in histories of the previous version. */
	underAttackAt?: Instant | null;
	/** Since when an agent has frozen the account. Old histories lack it. */
	frozenAt?: Instant | null;
}

/** The account's step, computed from the facts. The only implementation beside the SQL of `database/steps.ts`. */
export function nextStep(facts: StepFacts, now: Instant): Step {
	if (!facts.passwordChangedAt) {
		const lives = facts.temporaryPasswordExpiresAt !== null && facts.temporaryPasswordExpiresAt > now;
		return lives ? 'change-password' : 'temporary-password-expired';
	}
	if (!facts.authenticatorConfirmedAt) return 'confirm-authenticator';
	if (!facts.phoneVerifiedAt && !facts.phoneDeferredUntil) return 'verify-phone';
	return 'complete';
}

/**
 * Whether, and why, the account needs help. A mail that failed does so only while the user needs that mail: once the
 * password was changed, neither the user nor an agent has anything to do about it. `database/steps.ts` says the same in SQL.
 */
export function attentionOf(facts: AttentionFacts, now: Instant): Attention | null {
	if (facts.frozenAt) return 'frozen';
	if (facts.emailFailedAt && facts.emailFailedAt <= now && !facts.passwordChangedAt) return 'email-failed';
	if (facts.emailDelayedAt && facts.emailDelayedAt <= now) return 'email-delayed';
	if (facts.smsFailedAt && facts.smsFailedAt <= now) return 'sms-failed';
	if (facts.lockedAt) return 'locked';
	if (facts.underAttackAt) return 'under-attack';
	return nextStep(facts, now) === 'temporary-password-expired' ? 'temporary-password-expired' : null;
}

/** Whether a deferred phone is asked for again: at a sign-in from `phoneDeferredUntil` on, until deferred or verified. */
export function phoneAskedAgain(facts: StepFacts, now: Instant): boolean {
	return !facts.phoneVerifiedAt && facts.phoneDeferredUntil !== null && facts.phoneDeferredUntil <= now;
}

/** Whether `step` lies behind `other` on the journey. An expired temporary password stands beside `change-password`. */
export function isBefore(step: Step, other: Step): boolean {
	return position(step) < position(other);
}

function position(step: Step): number {
	return STEPS.indexOf(step === 'temporary-password-expired' ? 'change-password' : step);
}
