import type { Option } from '../layout/field.js';
import type { Speech } from '../speech.js';

/** The languages the product speaks, for a new account; any other tag may come by a list or by the API. */
const OFFERED = ['en', 'pt-PT', 'pt-BR', 'es', 'ar'];

/** The language of an account in the words of the reader's. */
export function languageName({ tag }: Pick<Speech, 'tag'>, locale: string): string {
	return new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
}

export function languageOptions(speech: Pick<Speech, 'tag'>): Option[] {
	return OFFERED.map((value) => ({ value, label: languageName(speech, value) }));
}
