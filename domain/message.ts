import type { Instant } from './time.js';

export type Channel = 'email' | 'sms';

/** What a message says; its words are in `activities/delivery`. */
export const TEMPLATES = [
	'temporary-password',
	'email-corrected',
	'phone-reminder',
	'passcode',
	'password-changed',
	'authenticator-confirmed',
	'phone-verified',
	'account-unlocked',
	'account-frozen',
	'account-unfrozen',
	'sessions-ended',
	'account-erased',
] as const;
export type Template = (typeof TEMPLATES)[number];

export const MESSAGE_STATES = ['queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'void'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Why a message ended. Providers' own texts quote people, so only these codes are stored. */
export const MESSAGE_REASONS = [
	'address-refused',
	'mail-server-refused',
	'not-delivered-in-time',
	'number-invalid',
	'number-opted-out',
	'country-not-available',
	'provider-refused',
	'provider-not-authorized',
	'outcome-unknown',
	'handset-unreachable',
	'carrier-rejected',
	'superseded',
	'unreadable',
] as const;
export type MessageReason = (typeof MESSAGE_REASONS)[number];

/** An owed message as the workflow sees it, without recipient and text. */
export interface OwedMessage {
	id: string;
	channel: Channel;
	template: Template;
	giveUpAt: Instant;
}

/** What a template is filled with. Sealed in the row until the message ends. */
export interface MessageParams {
	/** `temporary-password` */
	temporaryPassword?: string;
	/** `passcode` */
	passcode?: string;
	/** `passcode`: which code of the account this is, from 1. */
	number?: number;
	expiresAt?: Instant;
	/** `password-changed`, `authenticator-confirmed`, `phone-verified`: the changes, and the masked number. */
	passwordChangedAt?: Instant;
	authenticatorConfirmedAt?: Instant;
	phone?: string;
	/** Where the message goes. That of `account-erased` is stored nowhere else; rows of the version before lack it. */
	recipient?: string;
}

/** How a delivery attempt ended. `retry` means surely not sent; `unknown` means that it may have been sent. */
export type DeliveryOutcome =
	| { outcome: 'sent'; providerId?: string }
	| { outcome: 'failed'; reason: MessageReason }
	| { outcome: 'unknown' }
	| { outcome: 'retry'; retryAfterMs?: number };
