import type { Instant } from '../../../domain/time.js';
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

/**
 * How to speak to a reader of `locale` (BCP 47): by its language, with its region's dates. English for a language that has no
 * catalogue and for what is no locale at all. Dates are of the Gregorian calendar, so that two readers of one deadline mean
 * the same day.
 */
export function speechFor(locale: string, timeZone = 'UTC'): Speech {
	const wanted = canonical(locale);
	const known = wanted && CATALOGUE.get(wanted.language);
	const words = known || en;
	const tag = known ? wanted.baseName : en.language;
	return {
		words,
		date: (at) => dateIn(tag, timeZone, at),
		minutes: (ms) =>
			new Intl.NumberFormat(tag, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(
				Math.max(1, Math.round(ms / 60_000)),
			),
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
function dateIn(tag: string, timeZone: string, at: Instant): string {
	const moment = new Date(at);
	const options = { timeZone, calendar: 'gregory' } as const;
	const written = new Intl.DateTimeFormat(tag, { ...options, dateStyle: 'full', timeStyle: 'short' }).format(moment);
	const zone = new Intl.DateTimeFormat(tag, { ...options, timeZoneName: 'short' })
		.formatToParts(moment)
		.find((part) => part.type === 'timeZoneName');
	return `${written} ${zone?.value ?? timeZone}`;
}
