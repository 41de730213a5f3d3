import type { ComponentChildren } from 'preact';
import type { Words } from '../words/words.js';

/** Stand where a sentence has its gaps, until these are filled with elements. Private use: no sentence holds them. */
const GAPS = ['\ue000', '\ue001', '\ue002'] as const;
const GAP = /([\ue000-\ue002])/;

/** A sentence of the catalogue whose gaps are elements, such as a link or a time, wherever its language puts them. */
export function say(sentence: (...gaps: string[]) => string, ...fillings: ComponentChildren[]): ComponentChildren[] {
	const parts = sentence(...GAPS.slice(0, fillings.length)).split(GAP);
	return parts.map((part) => {
		const gap = GAPS.indexOf(part as (typeof GAPS)[number]);
		return gap < 0 ? part : fillings[gap];
	});
}

/** Keeps what reads from left to right (addresses, numbers, names) whole inside a sentence that does not: FSI … PDI. */
export function isolate(words: Pick<Words, 'direction'>, text: string): string {
	return words.direction === 'rtl' ? `\u2068${text}\u2069` : text;
}
