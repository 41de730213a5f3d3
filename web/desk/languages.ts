import type { Option } from '../kit/fields.js';
import type { Speech } from '../words/speech.js';

/** The language of an account registered without one. */
export const DEFAULT_LANGUAGE = 'en';
/** The languages of the product, for a new account. A list or the API may give any other tag. */
const OFFERED = [DEFAULT_LANGUAGE, 'pt-PT', 'pt-BR', 'es', 'ar'];

/** The name of an account's language, in the reader's language. */
export function languageName({ tag }: Pick<Speech, 'tag'>, locale: string): string {
	return new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
}

/** `known`: a language that is offered too, since the account has it. */
export function languageOptions(speech: Pick<Speech, 'tag'>, known = DEFAULT_LANGUAGE): Option[] {
	return [...new Set([...OFFERED, known])].map((value) => ({ value, label: languageName(speech, value) }));
}
