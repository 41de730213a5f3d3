import { describe, expect, test } from 'vitest';
import { validate } from '../../acts/door/validation.js';
import { accountsQuery, code, locale, password, reason, registrationBody } from '../../acts/fields.js';
import { isRefusal } from '../../domain/refusal.js';

const email = 'ana@example.com';

function statusOf(schema: Parameters<typeof validate>[0], value: unknown): number {
	const valid = validate(schema, value, 'body');
	return isRefusal(valid) ? (valid.status ?? 400) : 200;
}

describe('what an agent writes', () => {
	test.each([
		['a name', 'Dr. María-José O’Neill, Jr.', 200],
		['a sentence as a name', 'Hello Call now, your account is locked', 422],
		['a name turned round', 'Ana \u202egro.live', 422],
		['a name with NUL', 'Ana\u0000', 400],
		['a name with a link', 'https://evil.example', 422],
	])('%s is answered as it deserves', (_what, name, status) => {
		expect(statusOf(registrationBody, { email, name })).toBe(status);
	});

	test('a name that is none is refused with the rest when more is wrong', () => {
		const refusal = validate(registrationBody, { email: 'nobody', name: 'Call now, your account is locked' }, 'body');
		expect(refusal).toMatchObject({ errors: [{ pointer: '/email' }, { pointer: '/name' }] });
		expect(refusal).not.toHaveProperty('status');
	});

	test('a reason is one line of text, of any script', () => {
		expect(statusOf(reason, ' asked by phone 🎁 ')).toBe(200);
		expect(statusOf(reason, '🎁'.repeat(1_000))).toBe(200);
		for (const wrong of ['', ' ', '\ufeff', 'a\u0007', 'a\nb', 'a\u2028b', 'a\ud800', 'a'.repeat(1_001)]) {
			expect(statusOf(reason, wrong), JSON.stringify(wrong)).toBe(400);
		}
	});

	test('a language is a language, with script, region and a variant', () => {
		for (const tag of ['en', 'pt-PT', 'zh-Hant-TW', 'es-419', 'ca-ES-valencia'])
			expect(statusOf(locale, tag)).toBe(200);
		for (const wrong of ['', 'AA-0000000-0000000', 'klingonish', 'en-', 'en_US', 'constructor']) {
			expect(statusOf(locale, wrong), wrong).toBe(400);
		}
	});
});

test('what a person types holds no controls but tab and line ends', () => {
	for (const schema of [password, code]) {
		expect(statusOf(schema, 'one\ttwo\r\n')).toBe(200);
		for (const wrong of ['\u0000', '\u001b[31m', '\u009b', '\ud800']) expect(statusOf(schema, wrong)).toBe(400);
	}
});

test('a query is held to the same', () => {
	expect(statusOf(accountsQuery, { email: 'a\u0000' })).toBe(400);
	expect(statusOf(accountsQuery, { cursor: 'a b' })).toBe(400);
	expect(statusOf(accountsQuery, { cursor: 'abc' })).toBe(200);
});
