import type { AccountRow, SessionRow } from '../../database/schema.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { isBefore, nextStep, type Step } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Assurance } from '../views.js';
import type { FoundSession } from './session.js';

/** The assurance that each step requires. A weaker session gets no further. */
export const ASSURANCE_OF_STEP: Record<Step, Assurance> = {
	'change-password': 'temporary-password',
	'temporary-password-expired': 'temporary-password',
	'confirm-authenticator': 'password',
	'verify-phone': 'two-factor',
	complete: 'two-factor',
};

/** The detail of `wrong-step`, by the account's current step. */
const WRONG_STEP: Record<Step, string> = {
	'change-password': 'Change the temporary password first.',
	'temporary-password-expired': 'The temporary password has expired. Customer Success can issue a new one.',
	'confirm-authenticator': 'Confirm the mobile token first.',
	'verify-phone': 'Verify or defer the fallback phone first.',
	complete: 'The set-up is complete.',
};

/**
 * Null when the session may act at `step` now, else the refusal. A session strong enough for the account's current step
 * learns that step from the refusal. A weaker session gets `not-permitted` and learns nothing.
 */
export function mayAct(session: SessionRow, account: AccountRow, step: Step, now: Instant): Refusal | null {
	const current = nextStep(account, now);
	if (session.assurance !== ASSURANCE_OF_STEP[current]) return notPermitted();
	return current === step ? null : outOfOrder(step, current);
}

/** As `mayAct`, for the phone. After a deferral the user may still add a phone, until a number is verified. */
export function mayActOnPhone(session: SessionRow, account: AccountRow, now: Instant): Refusal | null {
	const deferred = nextStep(account, now) === 'complete' && !account.phoneVerifiedAt;
	return mayAct(session, account, deferred ? 'complete' : 'verify-phone', now);
}

/** As `mayAct`, for the TOTP code of a sign-in: only a password session of an account with a confirmed token may give it. */
export function mayVerifyTotp(session: SessionRow, account: AccountRow, now: Instant): Refusal | null {
	const current = nextStep(account, now);
	if (session.assurance === 'two-factor') {
		return refuse('already-done', { step: current, detail: 'This session already has its second factor.' });
	}
	if (session.assurance === 'password' && account.authenticatorConfirmedAt) return null;
	if (session.assurance !== ASSURANCE_OF_STEP[current]) return notPermitted();
	return refuse('wrong-step', { step: current, detail: WRONG_STEP[current] });
}

/** Answers a rotated token: `already-done` or `not-signed-in`. */
export function afterRotation({ account }: FoundSession, step: Step, now: Instant): Refusal {
	const current = nextStep(account, now);
	return isBefore(step, current) ? outOfOrder(step, current) : refuse('not-signed-in');
}

function outOfOrder(asked: Step, current: Step): Refusal {
	if (isBefore(asked, current)) return refuse('already-done', { step: current, detail: 'This was already done.' });
	return refuse('wrong-step', { step: current, detail: WRONG_STEP[current] });
}

export function notPermitted(): Refusal {
	return refuse('not-permitted', {
		detail: 'This session does not permit the request. Sign in with the password and the mobile token.',
	});
}
