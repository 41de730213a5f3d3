import { ar } from './ar.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { DeskWords } from './words.js';

const CATALOGUE: ReadonlyMap<string, DeskWords> = new Map([
	['en', en],
	['pt', pt],
	['es', es],
	['ar', ar],
]);

/** The desk's words in a language of the catalogue, else in English. */
export function deskWordsOf(language: string): DeskWords {
	return CATALOGUE.get(language) ?? en;
}
