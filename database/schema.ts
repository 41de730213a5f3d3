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

	/** Changes with each issue. Sessions and mails of the temporary password carry the same id. */
	temporaryPasswordId: string;
	temporaryPasswordDigest: string | null;
	temporaryPasswordLifetimeMs: Int8;
	temporaryPasswordExpiresAt: Instant;
	temporaryPasswordHandedOverAt: Instant | null;
	temporaryPasswordExpiredNotedAt: Instant | null;

	passwordDigest: string | null;
	/** Binds the digest to this account by a key. Null on a digest of the previous version. */
	passwordTag: string | null;
	passwordChangedAt: Instant | null;

	/** Sealed; null until an authenticator was confirmed. The previous version set it with the password. */
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

	emailFailedAt: Instant | null;
	/** From then on the last SMS counts as failed; an issue sets it ahead, to the end of its wait. Null: none is waited for. */
	smsFailedAt: Instant | null;
	/** Since when the codes of a factor are disabled; the count of its failures says which. */
	lockedAt: Instant | null;
	/** Since when a factor has had so many wrong codes in a row that they look like guesses. */
	underAttackAt: Instant | null;
	/** Since when an agent has frozen the account: no session of it lives, and none is opened. */
	frozenAt: Instant | null;

	/** Counts the acts and the ends of deliveries: a reader of the row can tell whether one came since. */
	revision: Generated<number>;
	/** The revision that the workflow knows of: by its last look, or by the end of a delivery since. */
	seenRevision: number | null;
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
	/** Set when its SMS failed before the provider took it. Such a passcode counts for the cap on requests alone. */
	notSentAt: Instant | null;
	messageId: string;
	/** Keys of the shared counters it was counted under. */
	takenFrom: string[] | null;
	/** Key of the hourly counter of the network that asked. */
	networkKey: string | null;
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
	/** Null after a sign-in with an e-mail that no account has. */
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
	/** Binds the token to its session, account and assurance by a key. */
	tag: string | null;
	rotatedAt: Instant | null;
}

export interface AuthenticatorsTable {
	id: string;
	accountId: string;
	/** The session that was shown the secret and may confirm it. */
	sessionId: string;
	/** Sealed. */
	secret: string;
	createdAt: Instant;
}

export interface KnownNetworksTable {
	/** Keyed digest of e-mail and network. */
	digest: string;
	accountId: string;
	expiresAt: Instant;
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
	/** When it was stopped, because its agent was removed; its rows that waited are `stopped`. */
	stoppedAt: Generated<Instant | null>;
	/** When the sweep starts its workflow again unless it has registered a row by then. Null once it has finished. */
	wakeBy: Instant | null;
}

export interface BatchRowsTable {
	batchId: string;
	/** Counts the rows of the batch, from 1. */
	number: number;
	/** Null once the row has an account, which names the person from then on, or was stopped long ago. */
	email: string | null;
	name: string | null;
	locale: string;
	/** `taken`: another account had the e-mail, and was sent nothing. `stopped`: the batch was, before the row's turn. */
	state: BatchRowState;
	/** The account that was registered, or that has the e-mail. */
	accountId: string | null;
	doneAt: Instant | null;
}
export type BatchRowState = 'waiting' | 'registered' | 'taken' | 'stopped';

export interface BatchDraftsTable {
	id: string;
	createdBy: string;
	/** As the agent gave it; null once the draft became a batch, whose rows then name the people. */
	list: string | null;
	batchId: string | null;
	expiresAt: Instant;
}

export interface Schema {
	accounts: AccountsTable;
	passcodes: PasscodesTable;
	messages: MessagesTable;
	events: EventsTable;
	sessions: SessionsTable;
	sessionTokens: SessionTokensTable;
	authenticators: AuthenticatorsTable;
	knownNetworks: KnownNetworksTable;
	answers: AnswersTable;
	limits: LimitsTable;
	batches: BatchesTable;
	batchRows: BatchRowsTable;
	batchDrafts: BatchDraftsTable;
}

export type AccountRow = Selectable<AccountsTable>;
export type AccountChanges = Omit<Updateable<AccountsTable>, 'id' | 'revision'>;
export type NewAccount = Insertable<AccountsTable>;
export type PasscodeRow = Selectable<PasscodesTable>;
export type MessageRow = Selectable<MessagesTable>;
export type EventRow = Selectable<EventsTable>;
export type SessionRow = Selectable<SessionsTable>;
export type AuthenticatorRow = Selectable<AuthenticatorsTable>;
export type BatchRow = Selectable<BatchesTable>;
export type BatchPersonRow = Selectable<BatchRowsTable>;
export type BatchDraftRow = Selectable<BatchDraftsTable>;
