import { type CountryCode, isSupportedCountry, parsePhoneNumberWithError } from 'libphonenumber-js/max';
import type { Policy } from './policy.js';

/** A number that can receive an SMS and may be sent one. */
export interface PhoneNumber {
	/** E.164, `+351912345678`. */
	e164: string;
	/** ISO 3166-1 alpha-2. */
	country: string;
}

/** Why a number is not accepted. */
export type PhoneFlaw = 'country-unknown' | 'impossible' | 'not-mobile' | 'country-not-allowed';

/**
 * Reads a number as typed: with `+` it is international and `country` is not asked, else it is national to `country`
 * (ISO 3166-1 alpha-2). Accepts what can be a mobile: premium and toll-free numbers cost the sender, and a fixed line
 * receives no SMS. Numbers of satellite networks count as mobile, but belong to no country, and are refused.
 */
export function parsePhone(number: string, country: string | undefined, policy: Policy): PhoneNumber | PhoneFlaw {
	const region = country?.trim().toUpperCase();
	if (region && !isSupportedCountry(region)) return 'country-unknown';
	const parsed = parse(number, region as CountryCode | undefined);
	if (!parsed?.isValid()) return 'impossible';
	const type = parsed.getType();
	const found = parsed.country;
	if (!found || (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE')) return 'not-mobile';
	const allowed = policy.smsAllowedCountries;
	if (allowed !== '*' && !allowed.includes(found)) return 'country-not-allowed';
	return { e164: parsed.number, country: found };
}

function parse(number: string, country: CountryCode | undefined) {
	if (number.length > 40) return null;
	try {
		return parsePhoneNumberWithError(number.trim(), { ...(country && { defaultCountry: country }), extract: false });
	} catch {
		return null;
	}
}

/** A masked number that only its owner recognizes: the country's code and the last two digits, `+351 ••••••• 78`. */
export function maskPhone(e164: string): string {
	const callingCode = parse(e164, undefined)?.countryCallingCode ?? '';
	const hidden = e164.length - 1 - callingCode.length - 2;
	return `+${callingCode} ${'•'.repeat(Math.max(1, hidden))} ${e164.slice(-2)}`;
}

/** The digits that numbers of one range share: what SMS pumping walks through. */
export function phonePrefix(e164: string): string {
	return e164.slice(0, Math.max(4, e164.length - 5));
}
