import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	parsePhoneNumberWithError,
} from 'libphonenumber-js/max';
import type { Policy } from '../../domain/policy.js';
import type { Option } from '../kit/fields.js';
import { isolate } from '../kit/say.js';
import type { Speech } from '../words/speech.js';

const known = new Map<string, readonly Option[]>();
const KNOWN_MAX = 100;

/** The countries that may receive SMS, named and sorted in the reader's language, with their calling codes. */
export function countryOptions({ tag, words }: Speech, { smsAllowedCountries: allowed }: Policy): readonly Option[] {
	const key = `${tag} ${allowed}`;
	const found = known.get(key);
	if (found) return found;
	const names = new Intl.DisplayNames(tag, { type: 'region' });
	const order = new Intl.Collator(tag);
	const options = getCountries()
		.filter((country) => allowed === '*' || allowed.includes(country))
		.map((country) => ({ country, name: names.of(country) ?? country }))
		.sort((a, b) => order.compare(a.name, b.name))
		.map(({ country, name }) => ({ value: country, label: `${name} ${isolate(words, `(${callingCode(country)})`)}` }));
	if (known.size < KNOWN_MAX) known.set(key, options);
	return options;
}

function callingCode(country: CountryCode): string {
	return `+${getCountryCallingCode(country)}`;
}

/** The country to preselect: the region of the first tag that has one, else the likely region of a language. */
export function likelyCountry(languages: readonly string[], options: readonly Option[]): string {
	const locales = languages.flatMap(parse);
	const regions = [...locales.map(({ region }) => region), ...locales.map((locale) => locale.maximize().region)];
	const offered = new Set(options.map(({ value }) => value));
	return regions.find((region) => region !== undefined && offered.has(region)) ?? options[0]?.value ?? '';
}

function parse(tag: string): Intl.Locale[] {
	try {
		return [new Intl.Locale(tag)];
	} catch {
		return [];
	}
}

/** A number in readable form, `+351 912 345 678`, and its country. */
export function readableNumber(e164: string): { text: string; country: string | undefined } {
	const number = parsePhoneNumberWithError(e164);
	return { text: number.formatInternational(), country: number.country };
}
