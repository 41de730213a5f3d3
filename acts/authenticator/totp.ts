import type { AccountChanges, AccountRow } from '../../database/schema.js';
import type { Place } from '../../domain/credentials/keys.js';
import { clockOffsetSeconds, matchTimeStep, normalizeCode } from '../../domain/credentials/totp.js';
import { codesLeft, slowDownMs } from '../../domain/policy.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { after, type Instant, secondsUntil } from '../../domain/time.js';
import type { Decision } from '../door/settle.js';
import type { Api } from '../context.js';

/** What a TOTP code came to, with the changes that count or consume it. */
export type TotpOutcome = { accepted: true; changes: AccountChanges } | { accepted: false; decision: Decision<never> };

/** Where an account's TOTP secret is sealed. */
export function placeOfSecret(accountId: string): Place {
	return { table: 'accounts', rowId: accountId, accountId };
}

/**
 * Judges one TOTP code on a locked account: counts, compares, consumes. A time step is accepted once (RFC 6238 5.2); ten
 * consecutive failures slow down, a hundred disable (NIST SP 800-63B-4 3.2.2). With `hint`, a code of a clock that is
 * off is told by how much.
 */
export function answerTotp(api: Api, account: AccountRow, typed: string, now: Instant, hint = false): TotpOutcome {
	const blocked = blockedFor(account, account.authenticatorSlowedUntil, now);
	if (blocked) return { accepted: false, decision: { refusal: blocked } };
	const code = normalizeCode(typed);
	if (!code || !account.authenticatorSecret) return { accepted: false, decision: { refusal: malformedCode() } };
	const secret = api.keys.open('authenticator', placeOfSecret(account.id), account.authenticatorSecret);
	const timeStep = matchTimeStep(secret, code, now, account.authenticatorTimeStep);
	if (timeStep === null) {
		const offset = hint ? clockOffsetSeconds(secret, code, now) : null;
		return { accepted: false, decision: countWrongTotp(api, account, now, offset) };
	}
	const changes = { authenticatorTimeStep: timeStep, authenticatorFailures: 0, authenticatorSlowedUntil: null };
	return { accepted: true, changes };
}

/** The refusal of an account whose codes are slowed down or disabled; null when a code may be compared. */
export function blockedFor(account: AccountRow, slowedUntil: Instant | null, now: Instant): Refusal | null {
	if (account.lockedAt) {
		return refuse('attempts-exhausted', {
			detail: 'Too many wrong codes: codes are disabled. Contact Customer Success.',
		});
	}
	if (!slowedUntil || slowedUntil <= now) return null;
	const detail = 'Too many wrong codes. Wait a moment, then enter a new code.';
	return refuse('rate-limited', { detail, retryAfter: secondsUntil(now, slowedUntil) });
}

export function malformedCode(): Refusal {
	return refuse('wrong-code', {
		detail: 'A code has six digits.',
		errors: [{ pointer: '/code', code: 'malformed', detail: 'Enter the six digits.' }],
	});
}

function countWrongTotp(api: Api, account: AccountRow, now: Instant, offset: number | null): Decision<never> {
	const failures = account.authenticatorFailures + 1;
	const { slowedUntil, lockedAt } = penalty(api, failures, now);
	return {
		refusal: refuse('wrong-code', {
			...wordsForOffset(offset),
			attemptsLeft: codesLeft(api.policy, failures),
			errors: [{ pointer: '/code', code: 'wrong', detail: 'This is not the code your app shows now.' }],
		}),
		effects: {
			changes: {
				authenticatorFailures: failures,
				authenticatorSlowedUntil: slowedUntil,
				...(lockedAt && { lockedAt }),
			},
			event: lockedAt ? { name: 'accountLocked', reason: 'totp' } : { name: 'codeRejected', reason: 'totp' },
		},
	};
}

/** What the `failures`-th consecutive wrong code brings on the account. */
export function penalty(
	api: Api,
	failures: number,
	now: Instant,
): { slowedUntil: Instant | null; lockedAt: Instant | null } {
	const { codeFailuresBeforeSlowDown: free, codeFailuresBeforeLock: all } = api.policy;
	const wait = slowDownMs(api.policy, failures, free);
	return { slowedUntil: wait > 0 ? after(now, wait) : null, lockedAt: failures >= all ? now : null };
}

function wordsForOffset(offset: number | null): { detail: string; clockOffsetSeconds?: number } {
	if (!offset) {
		return {
			detail:
				"This is not the code your app shows now. Enter the newest one; your phone's clock should be set automatically.",
		};
	}
	const off = Math.abs(offset);
	const words = off > 60 ? `${off / 60} minutes` : `${off} seconds`;
	const detail = `Your phone's clock is about ${words} ${offset > 0 ? 'ahead' : 'behind'}. Set it to automatic, then enter the newest code.`;
	return { detail, clockOffsetSeconds: offset };
}
