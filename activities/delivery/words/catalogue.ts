import { type Instant, MINUTE_MS } from '../../../domain/time.js';
import { ar } from './ar.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { Words } from './words.js';

const CATALOGUE: ReadonlyMap<string, Words> = new Map([en, pt, es, ar].map((words) => [words.language, words]));

/** The words of a language, and how its region writes dates and lengths of time. */
export interface Speech {
	words: Words;
	/** "Wednesday, November 25, 2026 at 8:00 AM UTC". */
	date(at: Instant): string;
	/** "10 minutes", rounded, at least one. */
	minutes(ms: number): string;
}

/** Making a formatter costs more than writing all the rest of a mail, so each region's are kept; this many regions. */
const SPEECHES_KEPT = 200;
const speeches = new Map<string, Speech>();

/**
 * How to speak to a reader of `locale` (BCP 47): by its language, with its region's dates. English for a language that has no
 * catalogue and for what is no locale at all. Dates are of the Gregorian calendar, so that two readers of one deadline mean
 * the same day.
 */
export function speechFor(locale: string, timeZone = 'UTC'): Speech {
	const key = `${timeZone} ${locale}`;
	const kept = speeches.get(key);
	if (kept) return kept;
	const made = speechOf(canonical(locale), timeZone);
	if (speeches.size >= SPEECHES_KEPT) speeches.clear();
	speeches.set(key, made);
	return made;
}

function speechOf(wanted: Intl.Locale | null, timeZone: string): Speech {
	const known = wanted && CATALOGUE.get(wanted.language);
	const tag = known ? wanted.baseName : en.language;
	const length = new Intl.NumberFormat(tag, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
	return {
		words: known || en,
		date: dateWriter(tag, timeZone),
		minutes: (ms) => length.format(Math.max(1, Math.round(ms / MINUTE_MS))),
	};
}

function canonical(locale: string): Intl.Locale | null {
	try {
		return new Intl.Locale(locale);
	} catch {
		return null;
	}
}

/** `dateStyle` and `timeStyle` leave no room for a zone, and a deadline without one is a riddle: its name is added. */
function dateWriter(tag: string, timeZone: string): (at: Instant) => string {
	const options = { timeZone, calendar: 'gregory' } as const;
	const date = new Intl.DateTimeFormat(tag, { ...options, dateStyle: 'full', timeStyle: 'short' });
	const zone = new Intl.DateTimeFormat(tag, { ...options, timeZoneName: 'short' });
	return (at) => {
		const moment = new Date(at);
		const name = zone.formatToParts(moment).find(({ type }) => type === 'timeZoneName');
		return `${date.format(moment)} ${name?.value ?? timeZone}`;
	};
}
