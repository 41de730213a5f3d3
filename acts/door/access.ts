import type { AccountRow, SessionRow } from '../../database/schema.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { isBefore, nextStep, type Step } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Assurance } from '../views.js';
import type { FoundSession } from './session.js';

/** The session each step asks for. Nothing weaker gets further, whatever it asks. */
export const ASSURANCE_OF_STEP: Record<Step, Assurance> = {
	'change-password': 'temporary-password',
	'temporary-password-expired': 'temporary-password',
	'confirm-authenticator': 'password',
	'verify-phone': 'two-factor',
	complete: 'two-factor',
};

/** The sentence each step out of order is refused with. */
const WRONG_STEP: Record<Step, string> = {
	'change-password': 'The temporary password has to be changed first.',
	'temporary-password-expired': 'The temporary password has expired. A new one is needed first.',
	'confirm-authenticator': 'The mobile token has to be confirmed first.',
	'verify-phone': 'The fallback phone comes first.',
	complete: 'The set-up is complete.',
};

/**
 * Whether the session may act at `step` now; null when it may. A session that is strong enough for where its account
 * stands is told the step, a weaker one only that it may not.
 */
export function mayAct(session: SessionRow, account: AccountRow, step: Step, now: Instant): Refusal | null {
	const current = nextStep(account, now);
	if (session.assurance !== ASSURANCE_OF_STEP[current]) return notPermitted();
	return current === step ? null : outOfOrder(step, current);
}

/** As `mayAct`, for the phone: its paths stay open after a deferral, until a number is verified. */
export function mayActOnPhone(session: SessionRow, account: AccountRow, now: Instant): Refusal | null {
	const deferred = nextStep(account, now) === 'complete' && !account.phoneVerifiedAt;
	return mayAct(session, account, deferred ? 'complete' : 'verify-phone', now);
}

/** As `mayAct`, for the TOTP code of a sign-in, which only a password session of a confirmed token owes. */
export function mayVerifyTotp(session: SessionRow, account: AccountRow, now: Instant): Refusal | null {
	const current = nextStep(account, now);
	if (session.assurance === 'two-factor') {
		return refuse('already-done', { step: current, detail: 'This session has its second factor.' });
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

export function outOfOrder(asked: Step, current: Step): Refusal {
	if (isBefore(asked, current)) return refuse('already-done', { step: current, detail: 'This was already done.' });
	return refuse('wrong-step', { step: current, detail: WRONG_STEP[current] });
}

export function notPermitted(): Refusal {
	return refuse('not-permitted', { detail: 'This session may not do that. Sign in with password and mobile token.' });
}
