import { setImmediate } from 'node:timers/promises';
import { dictionary } from '@zxcvbn-ts/language-common';
import { describe, expect, test } from 'vitest';
import { createScorer } from '../../acts/password/scorer.js';
import {
	hashPassword,
	isOutdated,
	type PasswordContext,
	passwordFlaws,
	verifyPassword,
} from '../../domain/credentials/password.js';
import { DEFAULT_POLICY } from '../../domain/policy.js';

const user: PasswordContext = {
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

const score = createScorer();

function flaws(password: string, context: Partial<PasswordContext> = {}, policy = DEFAULT_POLICY) {
	return passwordFlaws(password, { context: { ...user, ...context }, policy, score });
}

describe('the length', () => {
	test.each([
		[14, ['too-short']],
		[15, []],
		[64, []],
		[128, []],
		[129, ['too-long']],
	])('S-1 S-2 of %i characters gets %j', async (length, expected) => {
		expect(await flaws(unguessable(length))).toEqual(expected);
	});

	test('S-4 counts code points, after NFC: a face is one, a letter with its accent is one', async () => {
		expect(await flaws(`${unguessable(12)}🐝🦊`)).toEqual(['too-short']);
		expect(await flaws(`${unguessable(12)}🐝🦊🐙`)).toEqual([]);
		expect(await flaws(`${unguessable(13)}e\u0301`)).toEqual(['too-short']);
		expect(await flaws(`${unguessable(14)}e\u0301`)).toEqual([]);
	});

	test('S-1 eight may be configured', async () => {
		expect(await flaws('vK7xQ2mz', {}, { ...DEFAULT_POLICY, passwordLengthMin: 8 })).not.toContain('too-short');
	});
});

describe('what is refused', () => {
	test('S-3 no composition is asked for: letters alone, spaces and any script do', async () => {
		for (const password of [GOOD, 'correta bateria grampo cavalo verde', 'лошадь правильно батарея скрепка']) {
			expect(await flaws(password), password).toEqual([]);
		}
	});

	test('S-5 the flaws come all at once', async () => {
		expect(await flaws('ana.prado')).toEqual(['too-short', 'contains-email', 'contains-name', 'guessable']);
		expect(await flaws(`ANA.PRADO mobile-TOKEN ${'x'.repeat(120)}`)).toEqual([
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
	])('S-5 a password with %s in it', async (_what, password, expected) => {
		expect(await flaws(password)).toEqual(expected);
	});

	test('S-5 a name stored with its accents apart is the same name, and no more than that', async () => {
		expect(await flaws(`${unguessable(12)}josé`, { name: 'Jose\u0301' })).toEqual(['contains-name']);
		expect(await flaws(`${unguessable(12)}josep`, { name: 'Jose\u0301' })).toEqual([]);
	});

	test('S-5 local parts and names under four characters are chance', async () => {
		expect(await flaws(`${unguessable(12)}ana`, { email: 'ana@example.com', name: 'Ana Rui' })).toEqual([]);
	});

	test('S-5 what zxcvbn scores under 3 is guessable, also where it is long and on no list', async () => {
		expect(await flaws('iloveyou20242025')).toEqual(['guessable']);
	});

	test('a product whose name has no letter forbids nothing', async () => {
		expect(await flaws(GOOD, { productName: '★' })).toEqual([]);
	});

	test.each(['passwordpassword', '123456789012345', 'qwertyuiopasdfgh', 'aaaaaaaaaaaaaaaaaaaa', 'abcabcabcabcabcabc'])(
		'S-5 %s is refused: it is one of the passwords that attackers try first',
		async (password) => {
			const [flaw] = await flaws(password);
			expect(['common', 'guessable']).toContain(flaw);
		},
	);
});

describe('the list of common passwords', () => {
	const eight = { ...DEFAULT_POLICY, passwordLengthMin: 8 };
	/** The list of the library, most common first. */
	const listed: string[] = dictionary['passwords-common'] as string[];

	test('S-5 the 3,000 most common passwords that the policy’s length allows are refused', async () => {
		const common = listed.filter((password) => password.length >= 8).slice(0, 3_000);
		expect(common.length).toBe(3_000);
		const accepted: string[] = [];
		for (const password of common) if ((await flaws(password, {}, eight)).length === 0) accepted.push(password);
		expect(accepted).toEqual([]);
	}, 240_000);

	test('S-5 a listed password is refused as common, also where nothing but the list knows it', async () => {
		for (const password of ['mailcreated5240', '1qaz2wsx3edc4rfv', 'bpgjldsgjldthnf'])
			expect(await flaws(password), password).toEqual(['common']);
	});
});

describe('the work of scoring', () => {
	/** What the scorer was given. */
	const given: string[] = [];
	const watched = (password: string, context: Partial<PasswordContext> = {}) =>
		passwordFlaws(password, {
			context: { ...user, ...context },
			policy: DEFAULT_POLICY,
			score: (text, words) => {
				given.push(text);
				return score(text, words);
			},
		});

	test('of a long password 64 characters are scored, once', async () => {
		given.length = 0;
		await watched('p@55w0rd'.repeat(16));
		await watched('🐝'.repeat(128));
		expect(given.map((text) => [...text].length)).toEqual([64, 64]);
	});

	test('a password that is too long is not scored', async () => {
		given.length = 0;
		expect(await watched('p@55w0rd'.repeat(500))).toEqual(['too-long']);
		expect(given).toEqual([]);
	});

	test('a weak text, repeated, is refused, though its first twenty characters are strong', async () => {
		const weak = 'shadowmaster77';
		expect(await flaws(weak.repeat(4).slice(0, 20))).toEqual([]);
		expect(await flaws(weak.repeat(4))).toEqual(['guessable']);
	});

	test('what the reader is called is refused wherever it stands, also behind what is scored', async () => {
		expect(await flaws(`${unguessable(100)}prado`)).toEqual(['contains-name']);
		expect(await flaws(`${unguessable(100)}mobile token`)).toEqual(['contains-product']);
	});

	test('the event loop turns while a password is scored', async () => {
		await flaws(GOOD);
		let scored = false;
		let turns = 0;
		const scoring = flaws('p@55w0rd'.repeat(8)).finally(() => {
			scored = true;
		});
		while (!scored) {
			await setImmediate();
			turns += 1;
		}
		expect(await scoring).toEqual(['guessable']);
		expect(turns).toBeGreaterThan(20);
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
