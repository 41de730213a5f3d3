import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KeyRing, type Purpose } from '../../domain/credentials/keys.js';

const [old, current] = [
	{ id: '2025', key: randomBytes(32) },
	{ id: '2026', key: randomBytes(32) },
];
const ring = new KeyRing([current]);
const turned = new KeyRing([current, old]);
const place = { table: 'messages', rowId: 'r', accountId: 'a' };
const PURPOSES: Purpose[] = ['temporary-password', 'passcode', 'authenticator', 'message', 'limit', 'answer', 'form'];

describe('what is sealed', () => {
	const sealed = ring.seal('message', place, 'código 123456');

	test('S-18c opens at its place alone', () => {
		expect(ring.open('message', place, sealed)).toBe('código 123456');
		for (const other of [{ table: 'accounts' }, { rowId: 'R' }, { accountId: 'b' }]) {
			expect(() => ring.open('message', { ...place, ...other }, sealed)).toThrow();
		}
	});

	test('S-18c opens for its purpose alone', () => {
		for (const purpose of PURPOSES.filter((other) => other !== 'message')) {
			expect(() => ring.open(purpose, place, sealed)).toThrow();
		}
	});

	test('parts of a place do not run into each other', () => {
		const one = ring.seal('message', { table: 't', rowId: 'ab', accountId: 'c' }, 'x');
		expect(() => ring.open('message', { table: 't', rowId: 'a', accountId: 'bc' }, one)).toThrow();
	});

	test('does not open with any byte altered, or cut short', () => {
		const [id, body = ''] = sealed.split('.');
		const bytes = Buffer.from(body, 'base64url');
		for (const i of bytes.keys()) {
			const altered = Buffer.from(bytes);
			altered[i] = (altered[i] ?? 0) ^ 1;
			expect(() => ring.open('message', place, `${id}.${altered.toString('base64url')}`)).toThrow();
			expect(() => ring.open('message', place, `${id}.${bytes.subarray(0, i).toString('base64url')}`)).toThrow();
		}
		expect(() => ring.open('message', place, '')).toThrow();
	});

	test('is never twice the same, and does not show its text', () => {
		expect(ring.seal('message', place, 'código 123456')).not.toBe(sealed);
		expect(Buffer.from(sealed.split('.')[1] ?? '', 'base64url').includes('123456')).toBe(false);
	});
});

describe('the ring turns', () => {
	const before = new KeyRing([old]);
	const sealed = before.seal('authenticator', place, 'SECRET');
	const digest = before.digest('passcode', 'a', '123456');

	test('what the old key made opens and verifies while it is in the ring', () => {
		expect(turned.open('authenticator', place, sealed)).toBe('SECRET');
		expect(turned.verify(digest, 'passcode', 'a', '123456')).toBe(true);
	});

	test('the first key makes what is new', () => {
		expect(turned.seal('authenticator', place, 'x')).toMatch(/^2026\./);
		expect(turned.digest('passcode', 'a')).toMatch(/^2026\./);
	});

	test('a key that left opens and verifies nothing', () => {
		expect(() => ring.open('authenticator', place, sealed)).toThrow('not in the ring');
		expect(ring.verify(digest, 'passcode', 'a', '123456')).toBe(false);
	});
});

describe('digests', () => {
	const digest = ring.digest('passcode', 'a', '123456');

	test('have one shape, whatever they were made of', () => {
		for (const parts of [[], [''], ['a', 'b'], ['x'.repeat(10_000)]]) {
			expect(ring.digest('passcode', ...parts)).toMatch(/^2026\.[\w-]{43}$/);
		}
		expect(ring.digest('passcode', 'a', '123456')).toBe(digest);
	});

	test('S-28 verify their parts alone, in their order, for their purpose', () => {
		expect(ring.verify(digest, 'passcode', 'a', '123456')).toBe(true);
		expect(ring.verify(digest, 'passcode', 'b', '123456')).toBe(false);
		expect(ring.verify(digest, 'passcode', 'a1', '23456')).toBe(false);
		expect(ring.verify(digest, 'passcode', '123456', 'a')).toBe(false);
		for (const purpose of PURPOSES.filter((other) => other !== 'passcode')) {
			expect(ring.verify(digest, purpose, 'a', '123456')).toBe(false);
		}
		for (const other of ['', '.', '2026.', digest.slice(0, -1), `${digest}x`, `2025.${digest.slice(5)}`]) {
			expect(ring.verify(other, 'passcode', 'a', '123456')).toBe(false);
		}
	});
});

test('a ring without a key, or with a short one, is refused at once and does not quote the key', () => {
	expect(() => new KeyRing([])).toThrow('empty');
	expect(() => new KeyRing([{ id: 'short', key: Buffer.from('0123456789abcdef') }])).toThrow(
		/^Key short is not 32 bytes long\.$/,
	);
});
