import { type PhoneFlaw, parsePhone } from '../../domain/phone.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import type { Api } from '../context.js';

/** A number as typed: international with `+`, else national to `country` (ISO 3166-1 alpha-2). */
export interface TypedNumber {
	number: string;
	country?: string | undefined;
}

/** The number in E.164, or `phone-number-invalid` when it cannot receive our SMS. */
export function readNumber(
	{ policy }: Pick<Api, 'policy'>,
	{ number, country }: TypedNumber,
): { e164: string } | Refusal {
	const phone = parsePhone(number, country, policy);
	if (typeof phone === 'object') return phone;
	const pointer = phone === 'country-unknown' ? '/country' : '/number';
	const detail = PHONE_FLAWS[phone];
	return refuse('phone-number-invalid', { detail, errors: [{ pointer, code: phone, detail }] });
}

const PHONE_FLAWS: Record<PhoneFlaw, string> = {
	'country-unknown': 'Choose a country from the list.',
	impossible: 'This is not a valid phone number. Check the country and the digits.',
	'not-mobile': 'This is not a mobile number. Give a number that can receive SMS.',
	'country-not-allowed': 'We cannot send SMS to this country. Use another number, or choose “Remind me later”.',
};
