import { z } from 'zod';
import { EVENTS } from '../domain/event.js';
import { MESSAGE_REASONS, MESSAGE_STATES, TEMPLATES } from '../domain/message.js';
import { ATTENTIONS, STEPS } from '../domain/step.js';

const instant = z.iso.datetime({ precision: 3 }).meta({ example: '2026-11-24T08:00:00.000Z' });
const nextCursor = z.string().nullable().meta({ description: 'Where the next page begins; null on the last one.' });
const masked = z.string().meta({ description: 'Masked.' });
const step = z.enum(STEPS);

/** What the session has proved; see the table in `door/access.ts`. */
const assurance = z.enum(['temporary-password', 'password', 'two-factor']);
export type Assurance = z.infer<typeof assurance>;

/** The state of the codes of one factor. */
const lockSchema = z.strictObject({
	wrongCodes: z.int().min(0).meta({ description: 'Consecutive wrong codes.' }),
	slowedUntil: instant.nullable().meta({ description: 'No code is accepted before; null when there is no wait.' }),
	locked: z.boolean().meta({ description: 'No code is accepted until an agent unlocks the account.' }),
});

/** An account as agents see it. It never contains a secret. */
export const accountSchema = z
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
		frozenAt: instant.nullable().meta({ description: 'Since when nobody can sign in; null when not frozen.' }),
		locks: z.strictObject({ totp: lockSchema, passcode: lockSchema }),
		workflowUrl: z.string().meta({ description: 'The account’s workflow in Temporal UI.' }),
	})
	.meta({ id: 'Account' });
export type Account = z.infer<typeof accountSchema>;

export const accountsSchema = z.strictObject({ items: z.array(accountSchema), nextCursor }).meta({ id: 'Accounts' });

const messageSchema = z.strictObject({
	id: z.uuid(),
	channel: z.enum(['email', 'sms']),
	template: z.enum(TEMPLATES),
	to: masked,
	state: z.enum(MESSAGE_STATES),
	reason: z.enum(MESSAGE_REASONS).nullable(),
	at: instant,
});
export type MessageView = z.infer<typeof messageSchema>;
export const messagesSchema = z.strictObject({ items: z.array(messageSchema), nextCursor }).meta({ id: 'Messages' });

const eventSchema = z.strictObject({
	id: z.string(),
	name: z.enum(EVENTS),
	actor: z.string(),
	at: instant,
	reason: z.string().nullable(),
	source: z.string().nullable().meta({ description: 'Network of the request: an IPv4 address or an IPv6 /64.' }),
});
export type EventView = z.infer<typeof eventSchema>;
export const eventsSchema = z.strictObject({ items: z.array(eventSchema), nextCursor }).meta({ id: 'Events' });

export const sessionSchema = z
	.strictObject({
		token: z
			.string()
			.meta({ description: 'Only when it was issued or rotated; it replaces the earlier one.' })
			.optional(),
		step,
		assurance,
		expiresAt: instant,
		next: z
			.enum([...STEPS, 'totp', 'phone'])
			.nullable()
			.meta({ description: 'A step, the TOTP code, the phone that was deferred, or nothing.' }),
	})
	.meta({ id: 'Session' });
export type Session = z.infer<typeof sessionSchema>;

const passcodeSchema = z.strictObject({
	number: z.int().min(1).meta({ description: 'Counts the codes sent.' }),
	expiresAt: instant,
	resendAvailableAt: instant,
	attemptsLeft: z.int().min(0),
	delivery: z.enum(MESSAGE_STATES),
	deliveryReason: z.enum(MESSAGE_REASONS).nullable().meta({ description: 'Why the SMS ended as it did.' }),
});
export type PasscodeView = z.infer<typeof passcodeSchema>;

export const onboardingSchema = z
	.strictObject({
		step,
		temporaryPasswordExpiresAt: instant.nullable(),
		phone: z.strictObject({ number: masked, passcode: passcodeSchema.nullable() }).nullable(),
		session: sessionSchema.optional(),
	})
	.meta({ id: 'Onboarding' });
export type Onboarding = z.infer<typeof onboardingSchema>;

export const authenticatorSchema = z
	.strictObject({
		keyUri: z.string().meta({ description: 'What the QR code says.', example: 'otpauth://totp/…' }),
		secret: z.string().meta({ description: 'Base32 without padding, to type in where no camera is.' }),
		qrCode: z.string().startsWith('data:image/svg+xml;base64,'),
		issuer: z.string(),
		accountName: z.string(),
	})
	.meta({ id: 'Authenticator' });
export type Authenticator = z.infer<typeof authenticatorSchema>;
/** The same for a page, which draws the QR code itself. */
export type AuthenticatorKey = Omit<Authenticator, 'qrCode'>;
