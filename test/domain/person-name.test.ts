import { describe, expect, test } from 'vitest';
import { isPersonName, NAME_LENGTH_MAX } from '../../domain/person-name.js';

describe('a name of a person', () => {
	test.each([
		'Ana',
		"Dr. María-José O'Neill, Jr.",
		'J.R.R. Tolkien',
		'Jean-Paul Sartre',
		'J.-P. Sartre',
		'Jane Doe, Ph.D., MD',
		'John Doe, jr.',
		'Doe,Jane',
		'Silva, Maria da Conceição',
		'Maria da Conceição dos Santos Ferreira de Almeida e Silva',
		"'t Hooft",
		'Ludwig van Beethoven',
		'José "Pepe" García',
		'Ana (Nina) Silva',
		'Gal·la Placídia',
		'X Æ A-12',
		'Person 42',
		'John Smith 3rd',
		'نازنین\u200cزهرا',
		'محمد بن عبد الله بن عبد الرحمن',
		'王小明',
		'タナカ・ハナコ',
		'नरेन्द्र मोदी',
		'Владимир Ильич',
		'김철수',
		'e\u0301ric',
	])('may be %s', (name) => {
		expect(isPersonName(name)).toBe(true);
	});

	test.each([
		['a sentence with a number', 'Hello Call 0900 123456 now, your account is locked,'],
		['a sentence', 'Call now, your account is locked'],
		['two sentences', 'Your account is locked. Call us'],
		['an exclamation', 'Win a prize!'],
		['a label', 'Password: hunter'],
		['an end that goes on', 'Ana Prado,'],
		['a phone number', '+351 912 345 678'],
		['a phone number in pairs', 'Ana 09 00 12 34 56'],
		['a number of three digits', 'Call 112'],
		['a number in other digits', 'Ana ٠٩٠٠١٢٣'],
		['an address of a page', 'https://evil.example'],
		['a domain', 'evil.example'],
		['a domain that ends a sentence', 'go evil.com.'],
		['a short domain', 'Ana t.me'],
		['an e-mail', 'ana@evil.example'],
		['markup', 'Ana <b>'],
		['text that is turned round', 'Ana \u202egro.live'],
		['a mark that hides direction', 'Ana\u200e'],
		['a line break', 'Ana\nPrado'],
		['a control', 'Ana\u0000'],
		['half a character', 'Ana \ud800'],
		['a picture', 'Ana 🎁'],
		['no letter', '- .'],
		['nothing', ''],
		['more parts than a name has', 'call us now or we will close the account that you have with us'],
		['more characters than a name has', 'a'.repeat(NAME_LENGTH_MAX + 1)],
	])('is not %s', (_what, name) => {
		expect(isPersonName(name)).toBe(false);
	});

	test('is judged in little time, however it is made', () => {
		for (const part of ["a'", 'a.', 'a ', 'a, ', '(a', 'a-', 'ab.-']) {
			const begun = performance.now();
			isPersonName(`${part.repeat(200)}!`.slice(0, NAME_LENGTH_MAX));
			expect(performance.now() - begun).toBeLessThan(500);
		}
	});
});
