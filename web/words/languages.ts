import { LANGUAGES } from './speech.js';

/** Language and region, and nothing that a browser may send besides. */
const REGIONAL = /^[a-z]{2}-[A-Z]{2}$/;

/** Whether a tag is of a language. The browser's own one knows the reader's region, and so how they write dates. */
export function isOfLanguage(tag: string, language: string): boolean {
	return tag === language || (REGIONAL.test(tag) && tag.startsWith(`${language}-`));
}

/** Whether the pages speak the language of a tag. Cookies come from outside, and a log-in stores what this one says. */
export function isSpoken(tag: string): boolean {
	return LANGUAGES.some(({ language }) => isOfLanguage(tag, language));
}
