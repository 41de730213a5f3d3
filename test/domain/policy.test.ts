import { expect, test } from 'vitest';
import { codesLeft, DEFAULT_POLICY as policy, resendWaitMs, slowDownMs } from '../../domain/policy.js';
import { DAY_MS, HOUR_MS } from '../../domain/time.js';

test('S-31 the first nine wrong codes cost nothing, then the wait doubles from 30 s to six hours and no further', () => {
	const waits = Array.from({ length: 20 }, (_, failures) => slowDownMs(policy, failures, 10) / 1000);
	expect(waits.slice(0, 10)).toEqual(Array(10).fill(0));
	expect(waits.slice(10)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360]);
	expect(slowDownMs(policy, 100_000, 10)).toBe(6 * HOUR_MS);
});

test('S-31 the hundred wrong codes that disable a factor take more than two weeks', () => {
	const { codeFailuresBeforeSlowDown: free, codeFailuresBeforeLock: all } = policy;
	const waits = Array.from({ length: all }, (_, failures) => slowDownMs(policy, failures, free));
	expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(14 * DAY_MS);
	const untilAttention = waits.slice(0, policy.codeFailuresBeforeAttention).reduce((sum, wait) => sum + wait, 0);
	expect(untilAttention).toBeLessThan(DAY_MS);
});

test('S-31 a limit of one slows down from the first failure on', () => {
	expect([0, 1, 2].map((failures) => slowDownMs(policy, failures, 1))).toEqual([0, 30_000, 60_000]);
});

test('S-31 the codes left count down to the slow-down, then are one at a time, and none after the lock', () => {
	expect([0, 1, 8, 9, 10, 50, 98, 99, 100, 101].map((failures) => codesLeft(policy, failures))).toEqual([
		10, 9, 2, 1, 1, 1, 1, 1, 0, 0,
	]);
	expect([0, 1, 2, 3].map((n) => codesLeft({ ...policy, codeFailuresBeforeLock: 3 }, n))).toEqual([3, 2, 1, 0]);
});

test('S-43 the wait before another SMS doubles up to two minutes', () => {
	expect([1, 2, 3, 4, 5, 500].map((n) => resendWaitMs(policy, n) / 1000)).toEqual([30, 60, 120, 120, 120, 120]);
});

test('S-1 S-2 S-12 S-21 S-30 S-31 the defaults keep to the numbers of the standards', () => {
	expect(policy.passwordLengthMin, 'S-1').toBeGreaterThanOrEqual(15);
	expect(policy.passwordLengthMax, 'S-2').toBeGreaterThanOrEqual(64);
	expect(policy.temporaryPasswordLifetimeMs, 'S-12').toBeLessThanOrEqual(DAY_MS);
	expect(policy.passcodeLifetimeMs, 'S-21').toBeLessThanOrEqual(10 * 60_000);
	expect(policy.codeFailuresBeforeLock, 'S-31').toBeLessThanOrEqual(100);
	expect(policy.passcodeAttempts, 'S-30').toBe(5);
});
