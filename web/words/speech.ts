import type { Instant } from '../../domain/time.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../domain/time.js';
import { ar } from './ar.js';
import { deskWordsOf } from './desk/index.js';
import type { DeskWords } from './desk/words.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { Words } from './words.js';

/** The languages of the pages, in the order of the language choice. */
export const LANGUAGES = [en, pt, es, ar];
const CATALOGUE: ReadonlyMap<string, Words> = new Map(LANGUAGES.map((words) => [words.language, words]));

export type TimeStyle = 'second' | 'time' | 'date' | 'moment';

/** The parts of a moment that each style shows. A style with an hour shows the zone too. `page.js` has the same table. */
const TIME_STYLES: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
	second: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
	time: { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
	date: { year: 'numeric', month: 'long', day: 'numeric' },
	moment: { month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
};

/** The words of a language, and how the reader's region writes times. */
export interface Speech {
	/** BCP 47, of the reader's region. */
	tag: string;
	words: Words;
	/** The words of the desk, in the same language. */
	desk: DeskWords;
	/** A moment in UTC; a script puts it into the reader's own zone. */
	at(at: Instant, style: TimeStyle): string;
	/** A length of time in one unit, rounded up: "30 seconds", "2 minutes". */
	lasting(ms: number): string;
	number(value: number): string;
}

/** Maximum number of languages considered. A reader has fewer. */
const WANTED_MAX = 10;

/** The speech for a reader of these languages (BCP 47, best first); English when the catalogue has none of them. */
export function speechFor(wanted: readonly string[]): Speech {
	for (const tag of wanted.slice(0, WANTED_MAX)) {
		const words = CATALOGUE.get(tag.slice(0, 2).toLowerCase());
		if (words && LANGUAGE_AND_REGION.test(tag)) return known(taggedAs(words, tag), words);
	}
	return known(en.language, en);
}

/** A language of two letters, as all of ours are; optionally a script and a region; then subtags that we ignore. */
const LANGUAGE_AND_REGION = /^[a-z]{2}(?:-[a-z]{4})?(?:-([a-z]{2}|\d{3}))?(?:-|$)/i;
const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** The language, with the tag's region if that exists: tags come from outside, and the speeches made for them are kept. */
function taggedAs({ language }: Words, tag: string): string {
	const region = LANGUAGE_AND_REGION.exec(tag)?.[1]?.toUpperCase();
	return region && REGIONS.of(region) ? `${language}-${region}` : language;
}

const SPEECHES_MAX = 100;
const speeches = new Map<string, Speech>();

/** Keeps the speeches used last, because formatters cost more to make than a page. */
function known(tag: string, words: Words): Speech {
	const speech = speeches.get(tag) ?? speechOf(tag, words);
	speeches.delete(tag);
	speeches.set(tag, speech);
	const [oldest] = speeches.keys();
	if (speeches.size > SPEECHES_MAX && oldest !== undefined) speeches.delete(oldest);
	return speech;
}

function speechOf(tag: string, words: Words): Speech {
	const formats = new Map<TimeStyle, Intl.DateTimeFormat>();
	const formatOf = (style: TimeStyle) => {
		const options = { ...TIME_STYLES[style], timeZone: 'UTC', calendar: 'gregory' };
		const format = formats.get(style) ?? new Intl.DateTimeFormat(tag, options);
		formats.set(style, format);
		return format;
	};
	const plain = new Intl.NumberFormat(tag);
	return {
		tag,
		words,
		desk: deskWordsOf(words.language),
		at: (at, style) => formatOf(style).format(new Date(at)),
		lasting: (ms) => lasting(tag, ms),
		number: (value) => plain.format(value),
	};
}

function lasting(tag: string, ms: number): string {
	const [unit, size] = unitOf(ms);
	const format = new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' });
	return format.format(Math.max(1, Math.ceil(ms / size)));
}

function unitOf(ms: number): [unit: string, ms: number] {
	if (ms < 2 * MINUTE_MS) return ['second', SECOND_MS];
	if (ms < 2 * HOUR_MS) return ['minute', MINUTE_MS];
	return ms < 2 * DAY_MS ? ['hour', HOUR_MS] : ['day', DAY_MS];
}
