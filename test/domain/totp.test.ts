import { describe, expect, test } from 'vitest';
import {
	clockOffsetSeconds,
	keyUri,
	matchTimeStep,
	mintTotpSecret,
	normalizeCode,
} from '../../domain/credentials/totp.js';
import { after } from '../../domain/time.js';
import { codeOf } from './rfc6238.js';

const NOW = '2026-11-24T08:00:00.000Z';
const STEP = Math.floor(Date.parse(NOW) / 30_000);
const secret = mintTotpSecret();

test('S-15 the secret has 160 bits, in Base32 without padding, and is never the same', () => {
	expect(secret).toMatch(/^[A-Z2-7]{32}$/);
	expect(new Set(Array.from({ length: 100 }, mintTotpSecret)).size).toBe(100);
});

test('S-16 the reference codes of RFC 6238 are accepted at their time', () => {
	const reference = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
	for (const [seconds, code] of [
		[59, '287082'],
		[1111111109, '081804'],
		[1234567890, '005924'],
		[20000000000, '353130'],
	] as const) {
		const at = new Date(seconds * 1000).toISOString();
		expect(matchTimeStep(reference, code, at, null), at).toBe(Math.floor(seconds / 30));
		expect(codeOf(reference, Math.floor(seconds / 30))).toBe(code);
	}
});

describe('the window', () => {
	test.each(Array.from({ length: 25 }, (_, i) => i - 12))(
		'S-16 S-18 a code %i steps off is accepted at 0 and -1 alone',
		(off) => {
			const accepted = off === 0 || off === -1;
			expect(matchTimeStep(secret, codeOf(secret, STEP + off), NOW, null)).toBe(accepted ? STEP + off : null);
		},
	);

	test('S-16 S-18a the previous step counts until its end, at most 60 s after the code appeared', () => {
		const code = codeOf(secret, STEP);
		expect(matchTimeStep(secret, code, after(NOW, 59_999), null)).toBe(STEP);
		expect(matchTimeStep(secret, code, after(NOW, 60_000), null)).toBeNull();
	});

	test('S-17 a step accepted once, and those before it, are not accepted again', () => {
		const [previous, current] = [codeOf(secret, STEP - 1), codeOf(secret, STEP)];
		expect(matchTimeStep(secret, current, NOW, STEP - 1)).toBe(STEP);
		expect(matchTimeStep(secret, previous, NOW, STEP - 1)).toBeNull();
		expect(matchTimeStep(secret, current, NOW, STEP)).toBeNull();
		expect(matchTimeStep(secret, previous, NOW, STEP)).toBeNull();
		expect(matchTimeStep(secret, previous, NOW, STEP - 2)).toBe(STEP - 1);
	});

	test('S-17 a server clock that was set back accepts no code again, and does not throw', () => {
		expect(matchTimeStep(secret, codeOf(secret, STEP), NOW, STEP + 1_000)).toBeNull();
	});

	test('a code of another secret is not accepted', () => {
		const other = mintTotpSecret();
		for (const off of [-1, 0]) expect(matchTimeStep(other, codeOf(secret, STEP + off), NOW, null)).toBeNull();
	});
});

describe('the clock of the phone', () => {
	test.each([-11, -10, -7, -2, 1, 2, 9, 10, 11])('a code up to ten steps off gives the offset: %i', (off) => {
		expect(clockOffsetSeconds(secret, codeOf(secret, STEP + off), NOW)).toBe(Math.abs(off) > 10 ? null : off * 30);
		expect(clockOffsetSeconds(secret, codeOf(secret, STEP + off), after(NOW, 29_999))).toBe(
			Math.abs(off) > 10 ? null : off * 30,
		);
	});

	test('the code of another secret gives no offset', () => {
		expect(clockOffsetSeconds(mintTotpSecret(), codeOf(secret, STEP + 5), NOW)).toBeNull();
	});
});

test.each([
	['123456', '123456'],
	[' 123 456 ', '123456'],
	['123-456', '123456'],
	['123\u00a0456', '123456'],
	['12345', null],
	['1234567', null],
	['12345a', null],
	['', null],
	['１２３４５６', null],
	['+12345', null],
	['1e5000', null],
])('a code typed %j reads %j', (typed, code) => {
	expect(normalizeCode(typed)).toBe(code);
});

test('S-18d the key URI says what the apps compute, with the issuer twice and no padding', () => {
	const uri = new URL(keyUri(secret, 'ana+x@example.com', 'Mobile Token'));
	expect(uri.protocol + uri.host).toBe('otpauth:totp');
	expect(decodeURIComponent(uri.pathname)).toBe('/Mobile Token:ana+x@example.com');
	const { searchParams: given } = uri;
	expect(given.get('secret')).toBe(secret);
	expect(given.get('issuer')).toBe('Mobile Token');
	expect((given.get('algorithm') ?? 'SHA1').toUpperCase()).toBe('SHA1');
	expect(given.get('digits') ?? '6').toBe('6');
	expect(given.get('period') ?? '30').toBe('30');
});
