import { dictionary } from '@zxcvbn-ts/language-common';
import { describe, expect, test } from 'vitest';
import {
	hashPassword,
	isOutdated,
	type PasswordContext,
	passwordFlaws,
	verifyPassword,
} from '../../domain/credentials/password.js';
import { DEFAULT_POLICY } from '../../domain/policy.js';

const somebody: PasswordContext = {
	email: 'ana.prado@example.com',
	name: 'Ana José Prado',
	productName: 'Mobile Token',
};
const GOOD = 'four unrelated words walking';

/** Text that nothing guesses, `length` code points long. */
function unguessable(length: number): string {
	const letters = [...'qz7vKx2mPw9tRb4n'];
	return Array.from({ length }, (_, i) => letters[(i * 7 + Math.floor(i / 5)) % letters.length]).join('');
}

function flaws(password: string, context: Partial<PasswordContext> = {}, policy = DEFAULT_POLICY) {
	return passwordFlaws(password, { ...somebody, ...context }, policy);
}

describe('the length', () => {
	test.each([
		[14, ['too-short']],
		[15, []],
		[64, []],
		[128, []],
		[129, ['too-long']],
	])('S-1 S-2 of %i characters gets %j', (length, expected) => {
		expect(flaws(unguessable(length))).toEqual(expected);
	});

	test('S-4 counts code points, after NFC: a face is one, a letter with its accent is one', () => {
		expect(flaws(`${unguessable(12)}🐝🦊`)).toEqual(['too-short']);
		expect(flaws(`${unguessable(12)}🐝🦊🐙`)).toEqual([]);
		expect(flaws(`${unguessable(13)}e\u0301`)).toEqual(['too-short']);
		expect(flaws(`${unguessable(14)}e\u0301`)).toEqual([]);
	});

	test('S-1 eight may be configured', () => {
		expect(flaws('vK7xQ2mz', {}, { ...DEFAULT_POLICY, passwordLengthMin: 8 })).not.toContain('too-short');
	});
});

describe('what is refused', () => {
	test('S-3 no composition is asked for: letters alone, spaces and any script do', () => {
		for (const password of [GOOD, 'correta bateria grampo cavalo verde', 'лошадь правильно батарея скрепка']) {
			expect(flaws(password), password).toEqual([]);
		}
	});

	test('S-5 the flaws come all at once', () => {
		expect(flaws('ana.prado')).toEqual(['too-short', 'contains-email', 'contains-name', 'guessable']);
		expect(flaws(`ANA.PRADO mobile-TOKEN ${'x'.repeat(120)}`)).toEqual([
			'too-long',
			'contains-email',
			'contains-name',
			'contains-product',
		]);
	});

	test.each([
		['the e-mail', `${unguessable(9)}Ana.Prado@example.com`, ['contains-email', 'contains-name']],
		['its local part', `${unguessable(12)}ANA.PRADO`, ['contains-email', 'contains-name']],
		['a name', `${unguessable(12)}prado`, ['contains-name']],
		['a name with its accent apart', `${unguessable(12)}jose\u0301`, ['contains-name']],
		['the product', `${unguessable(12)}mobiletoken`, ['contains-product']],
	])('S-5 a password with %s in it', (_what, password, expected) => {
		expect(flaws(password)).toEqual(expected);
	});

	test('S-5 a name stored with its accents apart is the same name, and no more than that', () => {
		expect(flaws(`${unguessable(12)}josé`, { name: 'Jose\u0301' })).toEqual(['contains-name']);
		expect(flaws(`${unguessable(12)}josep`, { name: 'Jose\u0301' })).toEqual([]);
	});

	test('S-5 local parts and names under four characters are chance', () => {
		expect(flaws(`${unguessable(12)}ana`, { email: 'ana@example.com', name: 'Ana Rui' })).toEqual([]);
	});

	test('S-5 what zxcvbn scores under 3 is guessable, also where it is long and on no list', () => {
		expect(flaws('iloveyou20242025')).toEqual(['guessable']);
	});

	test('a product whose name has no letter forbids nothing', () => {
		expect(flaws(GOOD, { productName: '★' })).toEqual([]);
	});

	test.each(['passwordpassword', '123456789012345', 'qwertyuiopasdfgh', 'aaaaaaaaaaaaaaaaaaaa', 'abcabcabcabcabcabc'])(
		'S-5 %s is refused: it is one of the passwords that attackers try first',
		(password) => {
			const [flaw] = flaws(password);
			expect(['common', 'guessable']).toContain(flaw);
		},
	);
});

describe('the list of common passwords', () => {
	const eight = { ...DEFAULT_POLICY, passwordLengthMin: 8 };
	/** The list of the library, most common first. */
	const listed: string[] = dictionary['passwords-common'] as string[];

	test('S-5 the 3,000 most common passwords that the policy’s length allows are refused', () => {
		const common = listed.filter((password) => password.length >= 8).slice(0, 3_000);
		expect(common.length).toBe(3_000);
		expect(common.filter((password) => flaws(password, {}, eight).length === 0)).toEqual([]);
	}, 120_000);

	test('S-5 a listed password is refused as common, also where nothing but the list knows it', () => {
		for (const password of ['mailcreated5240', '1qaz2wsx3edc4rfv', 'bpgjldsgjldthnf'])
			expect(flaws(password), password).toEqual(['common']);
	});
});

describe('the digest', () => {
	test('S-8 S-9 is argon2id with 19 MiB, two passes and one lane, and holds its parameters and salt', async () => {
		const [one, other] = await Promise.all([hashPassword(GOOD), hashPassword(GOOD)]);
		expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(one).not.toBe(other);
		expect(Buffer.from(one.split('$')[4] ?? '', 'base64').length).toBeGreaterThanOrEqual(4);
		expect(isOutdated(one)).toBe(false);
		expect(isOutdated(one.replace('t=2', 't=1'))).toBe(true);
	});

	test('S-8 each salt has 16 bytes that nothing repeats', async () => {
		const digests = await Promise.all(Array.from({ length: 32 }, () => hashPassword(GOOD)));
		const salts = digests.map((digest) => Buffer.from(digest.split('$')[4] ?? '', 'base64'));
		for (const salt of salts) {
			expect(salt.length).toBe(16);
			expect(new Set(salt).size, 'different bytes').toBeGreaterThan(7);
		}
		for (let i = 0; i < 16; i += 4) {
			expect(new Set(salts.map((salt) => salt.readUInt32BE(i))).size, `bytes from ${i}`).toBe(32);
		}
	});

	test('S-4 verifies the whole, in whichever form its accents were typed', async () => {
		const long = `${unguessable(127)}é`;
		const digest = await hashPassword(long);
		expect(await verifyPassword(digest, `${unguessable(127)}e\u0301`)).toBe(true);
		expect(await verifyPassword(digest, `${unguessable(127)}e`)).toBe(false);
		expect(await verifyPassword(digest, long.slice(0, 100))).toBe(false);
		expect(await verifyPassword(digest, ` ${long}`)).toBe(false);
	});

	test('a malformed one verifies nothing, and does not throw', async () => {
		for (const digest of ['', 'x', '$argon2id$v=19$m=19456,t=2,p=1$', '$2b$10$abcdefghijklmnopqrstuv']) {
			expect(await verifyPassword(digest, GOOD)).toBe(false);
		}
	});
});
