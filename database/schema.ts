import type { ColumnType, Generated, Insertable, Selectable, Updateable } from 'kysely';
import type { EventName } from '../domain/event.js';
import type { Channel, MessageReason, MessageState, Template } from '../domain/message.js';
import type { Instant } from '../domain/time.js';

/** A 64-bit whole number; ours stay far below 2^53. */
type Int8 = ColumnType<number, number, number>;

/** Whom an account belongs to. An agent onboards as a user does, and then works with the accounts of users. */
export type Role = 'user' | 'agent';

export interface AccountsTable {
	id: string;
	role: Generated<Role>;
	email: string | null;
	name: string | null;
	locale: string;
	/** When the user chose the language; null while it is the one of the registration. */
	localeChosenAt: Instant | null;
	createdAt: Instant;
	createdBy: string;
	erasedAt: Instant | null;

	/** Changes with each issue; the sessions it opened and the mail that carries it bear it. */
	temporaryPasswordId: string;
	temporaryPasswordDigest: string | null;
	temporaryPasswordLifetimeMs: Int8;
	temporaryPasswordExpiresAt: Instant;
	temporaryPasswordHandedOverAt: Instant | null;
	temporaryPasswordExpiredNotedAt: Instant | null;

	passwordDigest: string | null;
	passwordChangedAt: Instant | null;

	/** Sealed; null until the password was set. */
	authenticatorSecret: string | null;
	authenticatorConfirmedAt: Instant | null;
	/** The last time step accepted. */
	authenticatorTimeStep: Int8 | null;
	/** Consecutive wrong codes. */
	authenticatorFailures: Generated<number>;
	authenticatorSlowedUntil: Instant | null;

	/** The verified number, E.164. */
	phoneNumber: string | null;
	phoneVerifiedAt: Instant | null;
	phoneDeferredUntil: Instant | null;
	/** When the set-up was first complete. */
	completedAt: Instant | null;
	passcodesIssued: Generated<number>;
	/** Consecutive wrong codes over all passcodes and numbers. */
	passcodeFailures: Generated<number>;
	passcodeSlowedUntil: Instant | null;
	remindersSent: Generated<number>;
	reminderIntervalMs: Int8 | null;
	reminderDueAt: Instant | null;
	/** When a mail is due that tells what was changed; null when all was told. */
	noticeDueAt: Instant | null;

	emailFailedAt: Instant | null;
	/** From then on the last SMS counts as failed; an issue sets it ahead, to the end of its wait. */
	smsFailedAt: Instant | null;
	lockedAt: Instant | null;

	/** Counts the acts: whoever read the row knows whether one came since. */
	revision: Generated<number>;
	wakeBy: Instant | null;
	wakeMisses: Generated<number>;
}

export interface PasscodesTable {
	id: string;
	accountId: string;
	number: number;
	phoneNumber: string;
	digest: string;
	issuedAt: Instant;
	expiresAt: Instant;
	resendAvailableAt: Instant;
	attemptsLeft: number;
	supersededAt: Instant | null;
	usedAt: Instant | null;
	/** Set when its SMS failed before the provider took it: it counts for no cap. */
	notSentAt: Instant | null;
	messageId: string;
}

export interface MessagesTable {
	id: string;
	accountId: string;
	channel: Channel;
	template: Template;
	/** An address or an E.164 number; null once the account is erased. */
	recipient: string | null;
	/** `MessageParams`, sealed; null once the message ended. */
	params: string | null;
	state: MessageState;
	reason: MessageReason | null;
	createdAt: Instant;
	changedAt: Instant;
	giveUpAt: Instant;
	temporaryPasswordId: string | null;
	providerId: string | null;
}

export interface EventsTable {
	id: Generated<string>;
	/** Null when somebody tried an e-mail that no account has. */
	accountId: string | null;
	name: EventName;
	actor: string;
	at: Instant;
	reason: string | null;
	source: string | null;
}

export interface SessionsTable {
	id: string;
	accountId: string;
	assurance: 'temporary-password' | 'password' | 'two-factor';
	temporaryPasswordId: string | null;
	createdAt: Instant;
	usedAt: Instant;
	expiresAt: Instant;
}

export interface SessionTokensTable {
	digest: string;
	sessionId: string;
	rotatedAt: Instant | null;
}

export interface AnswersTable {
	scope: string;
	key: string;
	accountId: string | null;
	/** Keyed digest of method, path and body. */
	request: string;
	/** The view or the counted refusal, as JSON. */
	answer: string;
	expiresAt: Instant;
}

export interface LimitsTable {
	key: string;
	count: number;
	slowedUntil: Instant | null;
	expiresAt: Instant;
}

export interface BatchesTable {
	id: string;
	createdAt: Instant;
	createdBy: string;
	source: string;
	reason: string | null;
	rowsPerSecond: number;
	rowCount: number;
	finishedAt: Instant | null;
	/** When its workflow is started again unless it has registered somebody by then; null once it has finished. */
	wakeBy: Instant | null;
}

export interface BatchRowsTable {
	batchId: string;
	/** Counts the rows of the batch, from 1. */
	number: number;
	/** Null once the row has an account, which names the person from then on. */
	email: string | null;
	name: string | null;
	locale: string;
	/** `taken`: another account had the e-mail, and was sent nothing. */
	state: BatchRowState;
	/** The account that was registered, or that has the e-mail. */
	accountId: string | null;
	doneAt: Instant | null;
}
export type BatchRowState = 'waiting' | 'registered' | 'taken';

export interface Schema {
	accounts: AccountsTable;
	passcodes: PasscodesTable;
	messages: MessagesTable;
	events: EventsTable;
	sessions: SessionsTable;
	sessionTokens: SessionTokensTable;
	answers: AnswersTable;
	limits: LimitsTable;
	batches: BatchesTable;
	batchRows: BatchRowsTable;
}

export type AccountRow = Selectable<AccountsTable>;
export type AccountChanges = Omit<Updateable<AccountsTable>, 'id' | 'revision'>;
export type NewAccount = Insertable<AccountsTable>;
export type PasscodeRow = Selectable<PasscodesTable>;
export type MessageRow = Selectable<MessagesTable>;
export type EventRow = Selectable<EventsTable>;
export type SessionRow = Selectable<SessionsTable>;
export type BatchRow = Selectable<BatchesTable>;
export type BatchPersonRow = Selectable<BatchRowsTable>;
