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

/** What the desk says in a language of the catalogue; English in any other. */
export function deskWordsOf(language: string): DeskWords {
	return CATALOGUE.get(language) ?? en;
}
