import type { EventName } from '../domain/event.js';
import type { Channel, MessageReason, MessageState, Template } from '../domain/message.js';
import type { Attention, Step } from '../domain/step.js';
import type { Instant } from '../domain/time.js';

/** How sure the session is of its user; see the table in `access.ts`. */
export type Assurance = 'temporary-password' | 'password' | 'two-factor';

export interface Account {
	id: string;
	email: string;
	name: string | null;
	locale: string;
	step: Step;
	attention: Attention | null;
	createdAt: Instant;
	completedAt: Instant | null;
	temporaryPassword: { state: 'queued' | 'sent' | 'failed' | 'expired' | 'used'; expiresAt: Instant };
	authenticator: { confirmedAt: Instant } | null;
	/** The number is masked. */
	phone: { number: string | null; verifiedAt: Instant | null; deferredUntil: Instant | null } | null;
	workflowUrl: string;
}

export interface Session {
	/** Only when it was just issued or rotated. */
	token?: string;
	step: Step;
	assurance: Assurance;
	expiresAt: Instant;
	/** What to do next: a step, the TOTP code, the phone that was deferred, or nothing. */
	next: Step | 'totp' | 'phone' | null;
}

export interface PasscodeView {
	number: number;
	expiresAt: Instant;
	resendAvailableAt: Instant;
	attemptsLeft: number;
	delivery: MessageState;
}

export interface Onboarding {
	step: Step;
	temporaryPasswordExpiresAt: Instant | null;
	/** The number is masked. */
	phone: { number: string; passcode: PasscodeView | null } | null;
	session?: Session;
}

export interface AuthenticatorKey {
	keyUri: string;
	/** Base32 without padding. */
	secret: string;
	issuer: string;
	accountName: string;
}

export interface Authenticator extends AuthenticatorKey {
	/** `data:image/svg+xml;base64,…` */
	qrCode: string;
}

export interface MessageView {
	id: string;
	channel: Channel;
	template: Template;
	/** Masked. */
	to: string;
	state: MessageState;
	reason: MessageReason | null;
	at: Instant;
}

export interface EventView {
	id: string;
	name: EventName;
	actor: string;
	at: Instant;
	reason: string | null;
	source: string | null;
}
