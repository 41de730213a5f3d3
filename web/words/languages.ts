import { LANGUAGES } from './speech.js';

/** A language and a region, without any other subtag. */
const REGIONAL = /^[a-z]{2}-[A-Z]{2}$/;

/** Whether a tag is of the language, with or without a region. A region decides how dates are written. */
export function isOfLanguage(tag: string, language: string): boolean {
	return tag === language || (REGIONAL.test(tag) && tag.startsWith(`${language}-`));
}

/** Whether the pages have the language of a tag. A log-in stores the tag of a cookie, which comes from outside. */
export function isSpoken(tag: string): boolean {
	return LANGUAGES.some(({ language }) => isOfLanguage(tag, language));
}
