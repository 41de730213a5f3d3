import { describe, expect, test } from 'vitest';
import { mintPasscode } from '../../domain/credentials/passcode.js';
import { digestSessionToken, mintSessionToken } from '../../domain/credentials/session-token.js';
import { mintTemporaryPassword, normalizeTemporaryPassword } from '../../domain/credentials/temporary-password.js';

/** How far the counts stray from equal shares; over 9 standard deviations it is no chance. */
function strays(counts: number[]): number {
	const share = counts.reduce((sum, count) => sum + count, 0) / counts.length;
	const chiSquare = counts.reduce((sum, count) => sum + (count - share) ** 2 / share, 0);
	const freedom = counts.length - 1;
	return Math.abs(chiSquare - freedom) / Math.sqrt(2 * freedom);
}

function tally(letters: Iterable<string>): number[] {
	const counts = new Map<string, number>();
	for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
	return [...counts.values()];
}

describe('the temporary password', () => {
	const minted = Array.from({ length: 3_000 }, mintTemporaryPassword);

	test('S-10 S-13 has 128 bits and more: seven groups of four out of 32 characters', () => {
		for (const password of minted) expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){6}$/);
		expect(28 * Math.log2(tally(minted.join('').replaceAll('-', '')).length)).toBeGreaterThanOrEqual(128);
		expect(new Set(minted).size).toBe(minted.length);
	});

	test('S-10 holds no character that a reader takes for another', () => {
		expect(minted.join('')).not.toMatch(/[01ol]/i);
	});

	test('S-10 takes every character as often as every other, at every place', () => {
		expect(strays(tally(minted.join('').replaceAll('-', '')))).toBeLessThan(9);
		for (const place of [0, 3, 5, 33]) {
			const there = tally(minted.map((password) => password[place] ?? ''));
			expect(there.length).toBe(32);
			expect(strays(there)).toBeLessThan(9);
		}
	});

	test('is read as typed on a phone: with spaces around it and in capitals', () => {
		expect(normalizeTemporaryPassword(' \tAbcd-Efgh\r\n')).toBe('abcd-efgh');
	});
});

test('S-22 a passcode has six digits, leading zeros too, each as often as every other', () => {
	const codes = Array.from({ length: 20_000 }, mintPasscode);
	for (const code of codes) expect(code).toMatch(/^\d{6}$/);
	for (const place of [0, 1, 2, 3, 4, 5]) {
		const digits = tally(codes.map((code) => code[place] ?? ''));
		expect(digits.length).toBe(10);
		expect(strays(digits)).toBeLessThan(9);
	}
});

test('S-41 a session token has 256 bits, and its digest does not show it', () => {
	const tokens = Array.from({ length: 200 }, mintSessionToken);
	expect(new Set(tokens).size).toBe(200);
	for (const token of tokens) {
		expect(Buffer.from(token, 'base64url').length).toBe(32);
		expect(digestSessionToken(token)).toMatch(/^[0-9a-f]{64}$/);
	}
});
