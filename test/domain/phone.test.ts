import { describe, expect, test } from 'vitest';
import { maskEmail, normalizeEmail } from '../../domain/email.js';
import { maskPhone, parsePhone, phonePrefix } from '../../domain/phone.js';
import { DEFAULT_POLICY as policy } from '../../domain/policy.js';

describe('a number as typed', () => {
	test.each([
		['912 345 678', 'PT', '+351912345678', 'PT'],
		['(11) 96123-4567', 'BR', '+5511961234567', 'BR'],
		['07400 123456', 'GB', '+447400123456', 'GB'],
		['0151 23456789', 'DE', '+4915123456789', 'DE'],
		['06 12 34 56 78', 'fr', '+33612345678', 'FR'],
		['(201) 555-0123', 'US', '+12015550123', 'US'],
		['+1 506 234 5678', 'PT', '+15062345678', 'CA'],
		['81234 56789', 'IN', '+918123456789', 'IN'],
		['090-1234-5678', 'JP', '+819012345678', 'JP'],
		['0501234567', 'AE', '+971501234567', 'AE'],
		['923 123 456', 'AO', '+244923123456', 'AO'],
		['+49 1512 3456789', undefined, '+4915123456789', 'DE'],
		[' +351 912-345-678 ', undefined, '+351912345678', 'PT'],
	])('%s in %s is %s', (number, country, e164, found) => {
		expect(parsePhone(number, country, policy)).toEqual({ e164, country: found });
	});

	test.each([
		['no country for a national number', '912345678', undefined, 'impossible'],
		['a country there is none of', '912345678', 'XX', 'country-unknown'],
		['too few digits', '91234', 'PT', 'impossible'],
		['too many', '91234567890123', 'PT', 'impossible'],
		['an unassigned range', '999999999', 'PT', 'impossible'],
		['words', 'call me', 'PT', 'impossible'],
		['words around it', 'it is +351912345678', undefined, 'impossible'],
		['nothing', '', 'PT', 'impossible'],
		['a text of any length', `+${'1'.repeat(100_000)}`, undefined, 'impossible'],
		['an emergency number', '112', 'PT', 'impossible'],
		['a fixed line', '21 123 4567', 'PT', 'not-mobile'],
		['a toll-free number', '800 123 456', 'PT', 'not-mobile'],
		['a premium number', '+351760123456', undefined, 'not-mobile'],
		['a premium number of the US', '+19002345678', undefined, 'not-mobile'],
		['a toll-free number of the US', '+18002345678', undefined, 'not-mobile'],
		['an international premium number', '+979123456789', undefined, 'not-mobile'],
		['an international toll-free number', '+80012345678', undefined, 'not-mobile'],
		['a satellite phone (Inmarsat)', '+870301234567', undefined, 'not-mobile'],
		['a satellite phone (Iridium)', '+881612345678', undefined, 'not-mobile'],
		['a network of no country', '+8823421234', undefined, 'not-mobile'],
		['a network of no country', '+883510012345', undefined, 'not-mobile'],
	])('S-43 %s is refused', (_what, number, country, flaw) => {
		expect(parsePhone(number, country, policy)).toBe(flaw);
	});

	test('S-43 a country that is not on the list is refused, whatever country was chosen', () => {
		const iberia = { ...policy, smsAllowedCountries: ['PT', 'ES'] };
		expect(parsePhone('912345678', 'PT', iberia)).toMatchObject({ country: 'PT' });
		expect(parsePhone('612345678', 'ES', iberia)).toMatchObject({ country: 'ES' });
		expect(parsePhone('+33612345678', 'PT', iberia)).toBe('country-not-allowed');
		expect(parsePhone('+12015550123', 'PT', { ...policy, smsAllowedCountries: ['CA'] })).toBe('country-not-allowed');
		expect(parsePhone('+351912345678', undefined, { ...policy, smsAllowedCountries: [] })).toBe('country-not-allowed');
	});
});

test.each([
	['+351912345678', '+351 ••••••• 78'],
	['+12015550123', '+1 •••••••• 23'],
	['+4915123456789', '+49 ••••••••• 89'],
])('%s is shown as %s', (e164, masked) => {
	expect(maskPhone(e164)).toBe(masked);
});

test('S-43 neighbors share a prefix, strangers do not, and none is shorter than a country', () => {
	expect(phonePrefix('+351912345678')).toBe(phonePrefix('+351912399999'));
	expect(phonePrefix('+351912345678')).not.toBe(phonePrefix('+351913345678'));
	expect(phonePrefix('+6841234').length).toBeGreaterThanOrEqual(4);
});

test.each([
	[' Ana@Example.COM\n', 'ana@example.com', 'a•••@example.com'],
	['x@y', 'x@y', 'x•••@y'],
	['@y', '@y', '•••'],
	['', '', '•••'],
])('an e-mail typed %j is kept as %j and shown as %j', (typed, kept, shown) => {
	expect(normalizeEmail(typed)).toBe(kept);
	expect(maskEmail(kept)).toBe(shown);
});
