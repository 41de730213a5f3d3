import { describe, expect, test } from 'vitest';
import { REFUSALS, type RefusalCode } from '../../domain/refusal.js';
import { ar } from '../../web/words/ar.js';
import { en } from '../../web/words/en.js';
import { es } from '../../web/words/es.js';
import { pt } from '../../web/words/pt.js';
import { speechFor } from '../../web/words/speech.js';
import type { RefusalValues, Words } from '../../web/words/words.js';

const VALUES: RefusalValues = {
	contact: '<contact>',
	wait: '<wait>',
	final: false,
	sending: false,
	liveCode: '<live>',
	clock: null,
	passwordLength: { min: '<min>', max: '<max>' },
	product: '<product>',
};
const CASES: Partial<RefusalValues>[] = [
	{},
	{ final: true },
	{ sending: true },
	{ clock: { by: '<by>', ahead: true } },
];

/** Every sentence of a catalogue by its path, its gaps filled with marks. */
function sentencesOf(words: unknown, path = ''): Map<string, string> {
	if (typeof words === 'string') return new Map([[path, words]]);
	if (typeof words === 'function') {
		const takesValues = /^\.(refusals|flaws)\./.test(path);
		const said = CASES.map((values) => (takesValues ? words({ ...VALUES, ...values }) : words('<1>', '<2>')));
		return new Map(said.map((text, nth) => [`${path}#${nth}`, text]));
	}
	const entries = Object.entries(words as object).flatMap(([key, value]) => [...sentencesOf(value, `${path}.${key}`)]);
	return new Map(entries);
}

/** Words that are the same in two languages. */
const SHARED = new Set(['Error', 'Token móvil', '.language', '.direction']);
const marksIn = (text: string) => (text.match(/<\w+>/g) ?? []).sort();

describe.each([pt, es, ar] as Words[])('$language', (words) => {
	const english = sentencesOf(en);
	const own = sentencesOf(words);

	test('says all that English says, in its own words, and names what English names', () => {
		expect([...own.keys()]).toEqual([...english.keys()]);
		for (const [path, text] of own) {
			if (path === '.direction' || SHARED.has(text)) continue;
			expect(text, path).not.toBe(english.get(path));
			expect(marksIn(text), path).toEqual(marksIn(english.get(path) ?? ''));
		}
	});
});

describe.each([en, pt, es, ar] as Words[])('$language', (words) => {
	test.each(Object.keys(REFUSALS) as RefusalCode[])('%s is a whole sentence in every case', (code) => {
		for (const values of CASES) {
			const text = words.refusals[code]({ ...VALUES, ...values });
			expect(text).toMatch(/[.؟!]$/);
			expect(text).not.toMatch(/undefined|null|\[object/);
		}
	});
});

describe('texts follow the reader’s language and region', () => {
	test.each([
		[['pt-BR'], 'pt'],
		[['de', 'es-MX;q=0.5', 'es-MX'], 'es'],
		[['not a tag', 'ar-EG'], 'ar'],
		[['ja'], 'en'],
		[[], 'en'],
	])('%j is spoken to in %s', (wanted, language) => {
		expect(speechFor(wanted).words.language).toBe(language);
	});

	test('dates are those of the reader’s region, always of the Gregorian calendar, hours with their zone', () => {
		const at = '2026-11-24T17:05:00.000Z';
		expect(speechFor(['en-GB']).at(at, 'date')).toBe('24 November 2026');
		expect(speechFor(['en-US']).at(at, 'date')).toBe('November 24, 2026');
		expect(speechFor(['ar-SA']).at(at, 'date')).toMatch(/2026|٢٠٢٦/);
		expect(speechFor(['en-GB']).at(at, 'time')).toBe('17:05 UTC');
	});

	test('only the first ten languages count', () => {
		const junk = Array.from({ length: 2_000 }, (_, n) => `x${n.toString(36)}-junk`);
		expect(speechFor([...junk.slice(0, 9), 'pt-BR']).tag).toBe('pt-BR');
		expect(speechFor([...junk, 'pt-BR'])).toBe(speechFor(['en']));
	});

	test('a speech is kept by language and region, so made-up tags create none', () => {
		for (const tag of [
			'en-XX',
			'en-x-junk',
			'en-u-ca-buddhist',
			'EN',
			'en-Latn',
			'en-QZ-junk-junk',
			'english',
			'en_US',
		])
			expect(speechFor([tag]), tag).toBe(speechFor(['en']));
		expect(speechFor(['zh-Hant', 'es-419-x-y'])).toBe(speechFor(['es-419']));
		expect(speechFor(['ar-Arab-eg'])).toBe(speechFor(['ar-EG']));
	});

	test('at most a hundred speeches are kept, those used last', () => {
		const regions = Array.from({ length: 676 }, (_, n) => String.fromCharCode(65 + n / 26, 65 + (n % 26)));
		const german = speechFor(['en-DE']);
		for (const region of regions) {
			speechFor([`es-${region}`]);
			expect(speechFor(['en-DE'])).toBe(german);
		}
		const old = speechFor(['es-AR']);
		for (const region of regions) speechFor([`pt-${region}`]);
		expect(speechFor(['es-AR'])).not.toBe(old);
	});

	test('lengths of time are rounded up, in the largest unit that says enough', () => {
		const { lasting } = speechFor(['en']);
		expect([1, 30_000, 119_000, 121_000, 86_400_000, 604_800_000].map(lasting)).toEqual([
			'1 second',
			'30 seconds',
			'119 seconds',
			'3 minutes',
			'24 hours',
			'7 days',
		]);
	});
});
