import { z } from 'zod';
import { isPersonName, NAME_LENGTH_MAX } from '../domain/person-name.js';
import { ATTENTIONS, STEPS } from '../domain/step.js';
import { isWellFormed, isWithin, LINE, TEXT } from '../domain/text.js';
import { UNACCEPTABLE } from './door/validation.js';

/**
 * RFC 5321 as mail servers apply it: a dot-atom of at most 64 characters, then a domain of two labels or more. ASCII
 * only, checked before lower-casing: lower-casing turns some foreign letters into ASCII, which would be another address.
 */
const EMAIL =
	/^(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;
/** RFC 5321, 4.5.3.1.3: what a path of 256 octets leaves for the address. */
const EMAIL_LENGTH_MAX = 254;
/** RFC 5646, 2.1: a language, then optionally script, region and a variant. The product uses no other subtag. */
const LOCALE = /^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))?$/;
const REASON_LENGTH_MAX = 1_000;
const CURSOR_LENGTH_MAX = 512;
const PAGE_LENGTH_MAX = 100;
/** Bounds the work of a check. The domain decides how long a password, code or number may be. */
const TYPED_LENGTH_MAX = 4_096;

/** Text of at most `max` characters, counted as JSON Schema counts them, and documented so. */
const text = (max: number) =>
	z
		.string()
		.refine((given) => isWithin(given, max), `It takes ${max} characters at most.`)
		.refine(isWellFormed, 'It is not well-formed text.')
		.meta({ maxLength: max });
const typed = text(TYPED_LENGTH_MAX).regex(TEXT, 'It takes no control characters.');
const line = (max: number) => text(max).trim().regex(LINE, 'It takes one line of text.').meta({ maxLength: max });

export const email = z
	.string()
	.trim()
	.max(EMAIL_LENGTH_MAX)
	.regex(EMAIL, 'It is not an e-mail address.')
	.toLowerCase()
	.meta({ description: 'Trimmed and lower-cased.', format: 'email', example: 'ana@example.com' });
const name = line(NAME_LENGTH_MAX)
	.refine(isPersonName, {
		error: 'It does not read as the name of a person: no numbers, links or sentences.',
		params: UNACCEPTABLE,
	})
	.meta({ description: 'Of a person, in any script; mails greet with it.', example: 'Ana Silva' });
export const reason = line(REASON_LENGTH_MAX).meta({ description: 'Kept in the audit event.' });
export const locale = z
	.string()
	.regex(LOCALE, 'It is not a BCP 47 language tag.')
	.refine(isLocale, { error: 'It is not a BCP 47 language tag.', abort: true })
	.overwrite((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag)
	.meta({ description: 'BCP 47 language tag of the user’s messages.', example: 'pt-PT' });
export const password = typed.meta({ format: 'password' });
export const code = typed.meta({ description: 'Six digits.', example: '123456' });
export const number = typed.meta({
	description: 'International with `+`, else national to `country`.',
	example: '912 345 678',
});
export const country = typed.meta({ description: 'ISO 3166-1 alpha-2.', example: 'PT' });

function isLocale(tag: string): boolean {
	try {
		return Intl.getCanonicalLocales(tag).length === 1;
	} catch {
		return false;
	}
}

/** What an agent gives to register a person: by request, by console or by the row of a batch. */
export const registrationBody = z.strictObject({ email, name: name.optional(), locale: locale.optional() });

/** What an agent may correct, each at its time: at least one of them. */
export const correctionBody = z
	.strictObject({
		email: email.optional(),
		name: name.nullable().optional(),
		locale: locale.optional(),
		reason: reason.optional(),
	})
	.refine((given) => [given.email, given.name, given.locale].some((value) => value !== undefined), {
		error: 'Give an e-mail, a name or a locale.',
	})
	.meta({ anyOf: [{ required: ['email'] }, { required: ['name'] }, { required: ['locale'] }] });

const paging = {
	cursor: z
		.string()
		.max(CURSOR_LENGTH_MAX)
		.regex(/^[A-Za-z0-9_-]+$/, 'It is not a cursor.')
		.meta({ description: '`nextCursor` of the page before.' })
		.optional(),
	limit: z.coerce.number().int().min(1).max(PAGE_LENGTH_MAX).optional(),
};

export const accountParams = z.strictObject({ accountId: z.uuid() });
export const accountsQuery = z.strictObject({
	step: z.enum(STEPS).optional(),
	attention: z.enum(ATTENTIONS).optional(),
	email: line(EMAIL_LENGTH_MAX).toLowerCase().meta({ description: 'The e-mail or a part of it.' }).optional(),
	order: z
		.enum(['newest', 'soonest'])
		.meta({ description: '`soonest`: live temporary passwords by expiry, then the rest newest first.' })
		.optional(),
	...paging,
});
export const pageQuery = z.strictObject(paging);
export const eventsQuery = z.strictObject({ order: z.enum(['oldest', 'newest']).optional(), ...paging });
