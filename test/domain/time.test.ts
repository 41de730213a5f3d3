import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Facts, stepDeadline, stepSince, wakeBy } from '../../domain/facts.js';
import { after, DAY_MS, earliest, latest, MINUTE_MS, msUntil, parseDuration, secondsUntil } from '../../domain/time.js';

const NOW = '2026-11-24T08:00:00.000Z';

describe('moments', () => {
	const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

	test('compare as strings the way they compare as moments, and come back to the millisecond', () => {
		fc.assert(
			fc.property(moment, fc.integer({ min: -DAY_MS, max: DAY_MS }), (date, ms) => {
				const at = date.toISOString();
				const other = after(at, ms);
				expect(other < at).toBe(ms < 0);
				expect(msUntil(at, other)).toBe(ms);
				expect(after(other, -ms)).toBe(at);
			}),
		);
	});

	test.each([
		[1, 1],
		[999, 1],
		[1_000, 1],
		[1_001, 2],
		[30_000, 30],
		[0, 1],
		[-5_000, 1],
	])('Retry-After of %i ms is %i whole seconds: never early, never zero', (ms, seconds) => {
		expect(secondsUntil(NOW, after(NOW, ms))).toBe(seconds);
	});

	test('the first and the last of those that are known', () => {
		const [first, last] = [after(NOW, -1), after(NOW, 1)];
		expect(earliest(null, NOW, undefined, first, last)).toBe(first);
		expect(latest(null, NOW, undefined, first, last)).toBe(last);
		expect(earliest(null, undefined)).toBeNull();
		expect(latest()).toBeNull();
	});

	test.each([
		['250ms', 250],
		['90s', 90_000],
		[' 10m ', 600_000],
		['24h', DAY_MS],
		['7d', 7 * DAY_MS],
		['0s', 0],
		['', null],
		['10', null],
		['-1s', null],
		['1.5h', null],
		['1 h', null],
		['10M', null],
		['9999999999s', null],
	])('a duration written %j is %j ms', (text, ms) => {
		expect(parseDuration(text)).toBe(ms);
	});
});

describe('what the workflow goes by', () => {
	const facts: Facts = {
		createdAt: NOW,
		erasedAt: null,
		temporaryPasswordExpiresAt: after(NOW, DAY_MS),
		passwordChangedAt: null,
		authenticatorConfirmedAt: null,
		phoneVerifiedAt: null,
		phoneDeferredUntil: null,
		emailFailedAt: null,
		smsFailedAt: null,
		lockedAt: null,
		reminderDueAt: null,
		passcode: null,
		owed: [],
		messageCounts: {},
	};
	const changed = { ...facts, passwordChangedAt: after(NOW, 5) };

	test('only a temporary password that lives is a deadline', () => {
		expect(stepDeadline(facts, NOW)).toBe(facts.temporaryPasswordExpiresAt);
		expect(stepDeadline(facts, after(NOW, DAY_MS))).toBeNull();
		expect(stepDeadline(changed, NOW)).toBeNull();
		expect(stepDeadline({ ...facts, erasedAt: NOW }, NOW)).toBeNull();
	});

	test('the step began with the last fact that moved it', () => {
		expect(stepSince(facts, NOW)).toBe(NOW);
		expect(stepSince(facts, after(NOW, 2 * DAY_MS))).toBe(facts.temporaryPasswordExpiresAt);
		expect(stepSince(changed, after(NOW, 2 * DAY_MS))).toBe(changed.passwordChangedAt);
	});

	test('the sweep would look a minute after the next thing owed, and never when nothing is', () => {
		expect(wakeBy(facts, null, NOW)).toBe(after(NOW, DAY_MS + MINUTE_MS));
		expect(wakeBy(changed, null, NOW)).toBeNull();
		expect(wakeBy({ ...changed, reminderDueAt: after(NOW, 7) }, null, NOW)).toBe(after(NOW, 7 + MINUTE_MS));
		expect(wakeBy({ ...changed, reminderDueAt: NOW, erasedAt: NOW }, null, NOW)).toBeNull();
		expect(wakeBy({ ...facts, erasedAt: NOW }, NOW, NOW)).toBe(after(NOW, MINUTE_MS));
	});

	test('a message that has waited long is looked for less and less often', () => {
		const waits = [0, 1, 2, 10, 60].map((minutes) => wakeBy(changed, after(NOW, -minutes * MINUTE_MS), NOW));
		expect(waits.map((at) => msUntil(NOW, at ?? '') / MINUTE_MS)).toEqual([1, 1, 2, 10, 60]);
	});
});
