import { describe, expect, test } from 'vitest';
import { type AttentionFacts, attentionOf, isBefore, nextStep, phoneAskedAgain, STEPS } from '../../domain/step.js';

const NOW = '2026-11-24T08:00:00.000Z';
const BEFORE = '2026-11-24T07:59:59.999Z';
const LATER = '2026-11-24T08:00:00.001Z';

const registered: AttentionFacts = {
	temporaryPasswordExpiresAt: LATER,
	passwordChangedAt: null,
	authenticatorConfirmedAt: null,
	phoneVerifiedAt: null,
	phoneDeferredUntil: null,
	emailFailedAt: null,
	smsFailedAt: null,
	lockedAt: null,
};
const changed = { ...registered, passwordChangedAt: BEFORE };
const confirmed = { ...changed, authenticatorConfirmedAt: BEFORE };

describe('the step', () => {
	test.each([
		['change-password', 'a new account', registered],
		['change-password', 'a live temporary password, whatever else was set', { ...registered, phoneVerifiedAt: BEFORE }],
		['temporary-password-expired', 'at the very millisecond', { ...registered, temporaryPasswordExpiresAt: NOW }],
		['temporary-password-expired', 'after it', { ...registered, temporaryPasswordExpiresAt: BEFORE }],
		[
			'confirm-authenticator',
			'a changed password, whatever its deadline was',
			{ ...changed, temporaryPasswordExpiresAt: BEFORE },
		],
		['confirm-authenticator', 'a deferred phone without a token', { ...changed, phoneDeferredUntil: LATER }],
		['confirm-authenticator', 'a verified phone without a token', { ...changed, phoneVerifiedAt: BEFORE }],
		['verify-phone', 'a confirmed token', confirmed],
		['complete', 'a verified phone', { ...confirmed, phoneVerifiedAt: BEFORE }],
		['complete', 'a deferred phone', { ...confirmed, phoneDeferredUntil: LATER }],
		[
			'complete',
			'a phone deferred until a day gone by: never a step backwards',
			{ ...confirmed, phoneDeferredUntil: BEFORE },
		],
	] as const)('S-42 is %s: %s', (step, _what, facts) => {
		expect(nextStep(facts, NOW)).toBe(step);
	});

	test('an expired temporary password stands beside the change of it, neither before nor after', () => {
		expect(isBefore('change-password', 'temporary-password-expired')).toBe(false);
		expect(isBefore('temporary-password-expired', 'change-password')).toBe(false);
		const journey = STEPS.filter((step) => step !== 'temporary-password-expired');
		for (const [i, step] of journey.entries()) {
			for (const [j, other] of journey.entries()) expect(isBefore(step, other)).toBe(i < j);
		}
	});
});

describe('the attention', () => {
	const everything = {
		...registered,
		emailFailedAt: NOW,
		emailDelayedAt: NOW,
		smsFailedAt: NOW,
		lockedAt: NOW,
		underAttackAt: NOW,
		frozenAt: NOW,
		temporaryPasswordExpiresAt: NOW,
	};

	test('names the most urgent first, one after the other', () => {
		expect(attentionOf(everything, NOW)).toBe('frozen');
		const thawed = { ...everything, frozenAt: null };
		expect(attentionOf(thawed, NOW)).toBe('email-failed');
		const facts = { ...thawed, emailFailedAt: null };
		expect(attentionOf(facts, NOW)).toBe('email-delayed');
		expect(attentionOf({ ...facts, emailDelayedAt: null }, NOW)).toBe('sms-failed');
		expect(attentionOf({ ...facts, emailDelayedAt: null, smsFailedAt: null }, NOW)).toBe('locked');
		const attacked = { ...facts, emailDelayedAt: null, smsFailedAt: null, lockedAt: null };
		expect(attentionOf(attacked, NOW)).toBe('under-attack');
		const expired = { ...attacked, underAttackAt: null };
		expect(attentionOf(expired, NOW)).toBe('temporary-password-expired');
		expect(attentionOf(registered, NOW)).toBeNull();
	});

	test('a mail that failed asks for nothing once the password was changed', () => {
		expect(attentionOf({ ...registered, emailFailedAt: NOW }, NOW)).toBe('email-failed');
		expect(attentionOf({ ...changed, emailFailedAt: NOW }, NOW)).toBeNull();
	});

	test('a mail counts as delayed from its moment on, at every step', () => {
		for (const facts of [registered, changed, confirmed, { ...confirmed, phoneVerifiedAt: BEFORE }]) {
			expect(attentionOf({ ...facts, emailDelayedAt: LATER }, NOW)).toBeNull();
			expect(attentionOf({ ...facts, emailDelayedAt: NOW }, NOW)).toBe('email-delayed');
		}
	});

	test('an SMS counts as failed from the end of its wait on, not while it may still leave', () => {
		expect(attentionOf({ ...confirmed, smsFailedAt: LATER }, NOW)).toBeNull();
		expect(attentionOf({ ...confirmed, smsFailedAt: LATER }, LATER)).toBe('sms-failed');
	});
});

test.each([
	['before the date', { ...confirmed, phoneDeferredUntil: LATER }, false],
	['on the date', { ...confirmed, phoneDeferredUntil: NOW }, true],
	[
		'after it, with a phone verified meanwhile',
		{ ...confirmed, phoneDeferredUntil: BEFORE, phoneVerifiedAt: BEFORE },
		false,
	],
	['without a deferral', confirmed, false],
] as const)('a deferred phone is asked for again from its date on: %s', (_when, facts, asked) => {
	expect(phoneAskedAgain(facts, NOW)).toBe(asked);
});
