import type { AccountChanges, AccountRow } from '../../database/schema.js';
import type { Place } from '../../domain/credentials/keys.js';
import { clockOffsetSeconds, matchTimeStep, normalizeCode } from '../../domain/credentials/totp.js';
import { codesLeft, slowDownMs } from '../../domain/policy.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { after, type Instant, secondsUntil } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { Outcome, Write } from '../door/settle.js';

/** The outcome of a TOTP code, with the changes that count or consume it. */
export type TotpOutcome = { accepted: true; changes: AccountChanges } | { accepted: false; refused: Outcome<never> };

/** The place that binds a sealed TOTP secret to its account. */
export function placeOfSecret(accountId: string): Place {
	return { table: 'accounts', rowId: accountId, accountId };
}

/** The account's confirmed TOTP secret; null before confirmation. */
export function secretOf({ keys }: Pick<Api, 'keys'>, { id, authenticatorSecret }: AccountRow): string | null {
	return authenticatorSecret && keys.open('authenticator', placeOfSecret(id), authenticatorSecret);
}

/** A code as typed, and the secret to verify it with. With a null secret every code is wrong. */
interface TypedCode {
	typed: string;
	secret: string | null;
	/** True at enrollment: a wrong code also gets the offset of the phone's clock, if the code shows one. */
	hint?: boolean;
}

/**
 * Verifies one TOTP code on a locked account: counts, compares, consumes. A time step is accepted once (RFC 6238 5.2).
 * From ten consecutive failures on codes slow down; a hundred disable them (NIST SP 800-63B-4 3.2.2).
 */
export function answerTotp(api: Api, account: AccountRow, answer: TypedCode, now: Instant): TotpOutcome {
	const { typed, secret, hint = false } = answer;
	const { authenticatorFailures: failures, authenticatorSlowedUntil: slowedUntil } = account;
	const blocked = blockedFor(api, { failures, slowedUntil }, now);
	if (blocked) return { accepted: false, refused: { answer: blocked } };
	const code = normalizeCode(typed);
	if (!code) return { accepted: false, refused: { answer: malformedCode() } };
	const timeStep = secret === null ? null : matchTimeStep(secret, code, now, account.authenticatorTimeStep);
	if (timeStep === null) {
		const offset = hint && secret ? clockOffsetSeconds(secret, code, now) : null;
		return { accepted: false, refused: countWrongTotp(api, account, now, offset) };
	}
	const cleared = { authenticatorFailures: 0, authenticatorSlowedUntil: null };
	return { accepted: true, changes: { authenticatorTimeStep: timeStep, ...cleared, ...calmed(api, account, cleared) } };
}

/** An account's failures with the codes of one factor. */
interface FactorStanding {
	/** Consecutive wrong codes. */
	failures: number;
	slowedUntil: Instant | null;
}

/** The refusal of a factor whose codes are slowed down or disabled, else null. It does not affect other factors. */
export function blockedFor(
	{ policy }: Pick<Api, 'policy'>,
	{ failures, slowedUntil }: FactorStanding,
	now: Instant,
): Refusal | null {
	if (failures >= policy.codeFailuresBeforeLock) {
		return refuse('attempts-exhausted', {
			detail: 'Too many wrong codes. Codes of this kind are disabled. Contact Customer Success.',
		});
	}
	if (!slowedUntil || slowedUntil <= now) return null;
	const detail = 'Too many wrong codes. Wait a moment, then enter a new code.';
	return refuse('rate-limited', { detail, retryAfter: secondsUntil(now, slowedUntil) });
}

export function malformedCode(): Refusal {
	return refuse('wrong-code', {
		detail: 'A code has six digits.',
		errors: [{ pointer: '/code', code: 'malformed', detail: 'Enter the six digits of the code.' }],
	});
}

function countWrongTotp(api: Api, account: AccountRow, now: Instant, offset: number | null): Outcome<never> {
	const failures = account.authenticatorFailures + 1;
	const { slowedUntil, changes, event } = penalty(api, account, { failures, factor: 'totp' }, now);
	return {
		answer: refuse('wrong-code', {
			...wordsForOffset(offset),
			attemptsLeft: codesLeft(api.policy, failures),
			errors: [{ pointer: '/code', code: 'wrong', detail: 'The code is not right. Wait for the next one in the app.' }],
		}),
		write: { account: { authenticatorFailures: failures, authenticatorSlowedUntil: slowedUntil, ...changes }, event },
	};
}

/** The effects of a wrong code on its account. */
interface Penalty {
	slowedUntil: Instant | null;
	changes: AccountChanges;
	event: Write['event'];
}

/** The effects of the `failures`-th consecutive wrong code of a factor: a wait, then attention, then the lock. */
export function penalty(
	{ policy }: Pick<Api, 'policy'>,
	account: AccountRow,
	{ failures, factor }: { failures: number; factor: 'totp' | 'passcode' },
	now: Instant,
): Penalty {
	const wait = slowDownMs(policy, failures, policy.codeFailuresBeforeSlowDown);
	const slowedUntil = wait > 0 ? after(now, wait) : null;
	if (failures >= policy.codeFailuresBeforeLock) {
		const changes = { lockedAt: account.lockedAt ?? now };
		return { slowedUntil, changes, event: { name: 'accountLocked', reason: factor } };
	}
	if (failures >= policy.codeFailuresBeforeAttention && !account.underAttackAt) {
		return { slowedUntil, changes: { underAttackAt: now }, event: { name: 'attackSuspected', reason: factor } };
	}
	return { slowedUntil, changes: {}, event: { name: 'codeRejected', reason: factor } };
}

/** Ends the attention after a right code of one factor, unless the other factor has too many failures. */
export function calmed(
	{ policy }: Pick<Api, 'policy'>,
	account: AccountRow,
	cleared: Pick<AccountChanges, 'authenticatorFailures' | 'passcodeFailures'>,
): AccountChanges {
	const { authenticatorFailures, passcodeFailures } = { ...account, ...cleared };
	const most = Math.max(authenticatorFailures ?? 0, passcodeFailures ?? 0);
	return most < policy.codeFailuresBeforeAttention ? { underAttackAt: null } : {};
}

function wordsForOffset(offset: number | null): { detail: string; clockOffsetSeconds?: number } {
	if (!offset) {
		return {
			detail:
				"The code is not right. Wait for the next one in the app. If it is not right either, set the phone's clock to automatic.",
		};
	}
	const off = Math.abs(offset);
	const words = off > 60 ? `${off / 60} minutes` : `${off} seconds`;
	const detail = `The phone's clock is about ${words} ${offset > 0 ? 'ahead' : 'behind'}. Set it to automatic, then enter the newest code.`;
	return { detail, clockOffsetSeconds: offset };
}
