import { z } from 'zod';
import { EVENTS } from '../domain/event.js';
import { MESSAGE_REASONS, MESSAGE_STATES, TEMPLATES } from '../domain/message.js';
import { ATTENTIONS, STEPS } from '../domain/step.js';
import type * as views from './views.js';

/**
 * RFC 5321 as mail servers apply it: a dot-atom of at most 64 characters, then a domain of two labels or more. ASCII
 * only, and looked at before lower-casing: some foreign letters become ASCII by it, and the address somebody else's.
 */
const EMAIL =
	/^(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;
/** RFC 5321, 4.5.3.1.3: what a path of 256 octets leaves for the address. */
const EMAIL_LENGTH_MAX = 254;
const LOCALE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;
/** RFC 5646, 4.4.1: buffers for language tags hold 35 characters. */
const LOCALE_LENGTH_MAX = 35;
const NAME_LENGTH_MAX = 200;
const REASON_LENGTH_MAX = 1_000;
const CURSOR_LENGTH_MAX = 512;
const PAGE_LENGTH_MAX = 100;
/** How long a password, code or number may be is the domain's to judge; this only bounds the work of judging. */
const TYPED_LENGTH_MAX = 4_096;

/** Half a surrogate pair is no character, and the database holds no NUL. */
const wellFormed = (text: string) => !/[\0\p{Surrogate}]/u.test(text);
const singleLine = (text: string) => !/[\p{Control}\p{Surrogate}\p{Zl}\p{Zp}]/u.test(text);

const typed = z.string().max(TYPED_LENGTH_MAX).refine(wellFormed, 'It is not well-formed text.');
const line = (max: number) => z.string().trim().min(1).max(max).refine(singleLine, 'It takes one line of text.');

export const email = z
	.string()
	.trim()
	.max(EMAIL_LENGTH_MAX)
	.regex(EMAIL, 'It is not an e-mail address.')
	.toLowerCase()
	.meta({ description: 'Trimmed and lower-cased.', format: 'email', example: 'ana@example.com' });
export const name = line(NAME_LENGTH_MAX).meta({ example: 'Ana Silva' });
export const reason = line(REASON_LENGTH_MAX).meta({ description: 'Kept in the audit event.' });
export const locale = z
	.string()
	.max(LOCALE_LENGTH_MAX)
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

/** Whom an agent may register, and with which words: by request, by console or by the row of a batch. */
export const registrationBody = z.strictObject({ email, name: name.optional(), locale: locale.optional() });

export const accountParams = z.strictObject({ accountId: z.uuid() });
export const accountsQuery = z.strictObject({
	step: z.enum(STEPS).optional(),
	attention: z.enum(ATTENTIONS).optional(),
	email: line(EMAIL_LENGTH_MAX).toLowerCase().meta({ description: 'The e-mail or a part of it.' }).optional(),
	order: z
		.enum(['newest', 'soonest'])
		.meta({ description: '`soonest`: live temporary passwords by expiry, then the rest newest first.' })
		.optional(),
	cursor: line(CURSOR_LENGTH_MAX).meta({ description: '`nextCursor` of the page before.' }).optional(),
	limit: z.coerce.number().int().min(1).max(PAGE_LENGTH_MAX).optional(),
});

const instant = z.iso.datetime({ precision: 3 }).meta({ example: '2026-11-24T08:00:00.000Z' });
const masked = z.string().meta({ description: 'Masked.' });
const step = z.enum(STEPS);
const assurance = z.enum(['temporary-password', 'password', 'two-factor']);

export const accountView = z
	.strictObject({
		id: z.uuid(),
		email: z.string(),
		name: z.string().nullable(),
		locale: z.string(),
		step,
		attention: z.enum(ATTENTIONS).nullable(),
		createdAt: instant,
		completedAt: instant.nullable(),
		temporaryPassword: z.strictObject({
			state: z.enum(['queued', 'sent', 'failed', 'expired', 'used']),
			expiresAt: instant,
		}),
		authenticator: z.strictObject({ confirmedAt: instant }).nullable(),
		phone: z
			.strictObject({ number: masked.nullable(), verifiedAt: instant.nullable(), deferredUntil: instant.nullable() })
			.nullable(),
		workflowUrl: z.string().meta({ description: 'The account’s workflow in Temporal UI.' }),
	})
	.meta({ id: 'Account' }) satisfies z.ZodType<views.Account>;

export const accountsPage = z
	.strictObject({ items: z.array(accountView), nextCursor: z.string().nullable() })
	.meta({ id: 'Accounts' });

const messageView = z.strictObject({
	id: z.uuid(),
	channel: z.enum(['email', 'sms']),
	template: z.enum(TEMPLATES),
	to: masked,
	state: z.enum(MESSAGE_STATES),
	reason: z.enum(MESSAGE_REASONS).nullable(),
	at: instant,
}) satisfies z.ZodType<views.MessageView>;
export const messagesView = z.strictObject({ items: z.array(messageView) }).meta({ id: 'Messages' });

const eventView = z.strictObject({
	id: z.string(),
	name: z.enum(EVENTS),
	actor: z.string(),
	at: instant,
	reason: z.string().nullable(),
	source: z.string().nullable().meta({ description: 'Network of the request: an IPv4 address or an IPv6 /64.' }),
}) satisfies z.ZodType<views.EventView>;
export const eventsView = z.strictObject({ items: z.array(eventView) }).meta({ id: 'Events' });

export const sessionView = z
	.strictObject({
		token: z.string().meta({ description: 'Only when it was issued or rotated; the one before is over.' }).optional(),
		step,
		assurance,
		expiresAt: instant,
		next: z.enum([...STEPS, 'totp', 'phone']).nullable(),
	})
	.meta({ id: 'Session' }) satisfies z.ZodType<views.Session>;

const passcodeView = z.strictObject({
	number: z.int().min(1).meta({ description: 'Counts the codes sent.' }),
	expiresAt: instant,
	resendAvailableAt: instant,
	attemptsLeft: z.int().min(0),
	delivery: z.enum(MESSAGE_STATES),
}) satisfies z.ZodType<views.PasscodeView>;

export const onboardingView = z
	.strictObject({
		step,
		temporaryPasswordExpiresAt: instant.nullable(),
		phone: z.strictObject({ number: masked, passcode: passcodeView.nullable() }).nullable(),
		session: sessionView.optional(),
	})
	.meta({ id: 'Onboarding' }) satisfies z.ZodType<views.Onboarding>;

export const authenticatorView = z
	.strictObject({
		keyUri: z.string().meta({ description: 'What the QR code says.', example: 'otpauth://totp/…' }),
		secret: z.string().meta({ description: 'Base32 without padding, to type in where no camera is.' }),
		qrCode: z.string().startsWith('data:image/svg+xml;base64,'),
		issuer: z.string(),
		accountName: z.string(),
	})
	.meta({ id: 'Authenticator' }) satisfies z.ZodType<views.Authenticator>;
