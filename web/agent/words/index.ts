import type { Speech } from '../../speech.js';
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

/** What the desk says in the language of a reader. */
export function deskWordsOf({ words }: Pick<Speech, 'words'>): DeskWords {
	return CATALOGUE.get(words.language) ?? en;
}
