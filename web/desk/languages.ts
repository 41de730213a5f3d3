import type { Option } from '../kit/fields.js';
import type { Speech } from '../words/speech.js';

/** What an account gets that is registered without a language. */
export const DEFAULT_LANGUAGE = 'en';
/** The languages the product speaks, for a new account; a list or the API may give any other tag. */
const OFFERED = [DEFAULT_LANGUAGE, 'pt-PT', 'pt-BR', 'es', 'ar'];

/** The language of an account in the words of the reader's. */
export function languageName({ tag }: Pick<Speech, 'tag'>, locale: string): string {
	return new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
}

/** `known`: a language that is offered too, since the account has it. */
export function languageOptions(speech: Pick<Speech, 'tag'>, known = DEFAULT_LANGUAGE): Option[] {
	return [...new Set([...OFFERED, known])].map((value) => ({ value, label: languageName(speech, value) }));
}
