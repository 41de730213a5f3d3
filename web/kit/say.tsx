import type { ComponentChildren } from 'preact';
import type { Words } from '../words/words.js';

/** Stand-ins for a sentence's gaps, replaced by elements. No sentence contains these private-use characters. */
const GAPS = ['\ue000', '\ue001', '\ue002'] as const;
const GAP = /([\ue000-\ue002])/;

/** A sentence of the catalogue with elements, such as a link or a time, in its gaps. Each language orders them its own way. */
export function say(sentence: (...gaps: string[]) => string, ...fillings: ComponentChildren[]): ComponentChildren[] {
	const parts = sentence(...GAPS.slice(0, fillings.length)).split(GAP);
	return parts.map((part) => {
		const gap = GAPS.indexOf(part as (typeof GAPS)[number]);
		return gap < 0 ? part : fillings[gap];
	});
}

/** Isolates left-to-right text (addresses, numbers, names) in a right-to-left sentence, by FSI and PDI. */
export function isolate(words: Pick<Words, 'direction'>, text: string): string {
	return words.direction === 'rtl' ? `\u2068${text}\u2069` : text;
}
