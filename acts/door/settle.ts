import { changeAccount } from '../../database/accounts.js';
import { writeAct, writeNewAccount } from '../../database/acts.js';
import type { Tx } from '../../database/connect.js';
import { type RowChange, writeRows } from '../../database/row-changes.js';
import type { AccountChanges, AccountRow } from '../../database/schema.js';
import type { EventName } from '../../domain/event.js';
import { WAKE_AFTER_ACT_MS } from '../../domain/policy.js';
import type { Refusal } from '../../domain/refusal.js';
import type { Happened } from '../../domain/signal.js';
import { after, type Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { Actor } from './caller.js';
import { type NewMessage, sealMessages } from './messages.js';
import { keepAnswer } from './repeat.js';

/** What an act writes, as data. All of it commits together, or none. */
export interface Write {
	/** Changes of the account's own row. */
	account?: AccountChanges;
	/** Changes of other tables' rows, in this order. */
	rows?: readonly RowChange[];
	/** The event for the audit. An act without one only counts. */
	event?: { name: EventName; reason?: string | null | undefined };
	/** Signals the workflow even if the event alone would not. */
	signaled?: boolean;
	messages?: NewMessage[];
}

/** The outcome of an act: a view of the account after it, or a refusal. Without `write` the act writes and keeps nothing. */
export interface Outcome<View> {
	answer: View | Refusal;
	write?: Write;
}

/** The account that an act decides about. Its row is locked unless the account is new. */
export interface Subject {
	account: AccountRow;
	actor: Actor;
	now: Instant;
}

/** The result of an act's transaction: its answer, and the signal for the workflow. */
export interface Committed<View> {
	answer: View | Refusal;
	happened?: Happened;
}

/** Events that change what the workflow owes, or when. Each signals the workflow; the others only go to the audit. */
const SIGNALED: ReadonlySet<EventName> = new Set<EventName>([
	'registered',
	'temporaryPasswordReissued',
	'emailCorrected',
	'passwordChanged',
	'authenticatorConfirmed',
	'passcodeIssued',
	'phoneVerified',
	'phoneDeferred',
	'messageReported',
	'attackSuspected',
	'accountLocked',
	'accountUnlocked',
	'accountFrozen',
	'accountUnfrozen',
	'sessionsEnded',
	'accountErased',
]);

/** Runs an act's transaction, then signals the workflow, then answers. */
export async function transact<View>(
	api: Pick<Api, 'db'> & { signals: Pick<Api['signals'], 'tell'> },
	act: (tx: Tx) => Promise<Committed<View>>,
): Promise<View | Refusal> {
	const { answer, happened } = await api.db.transaction().execute(act);
	if (happened) api.signals.tell(happened);
	return answer;
}

/** The account with the changes applied, for the view in the answer. */
export function changed(account: AccountRow, changes: AccountChanges | undefined): AccountRow {
	return { ...account, ...changes } as AccountRow;
}

/** Writes the outcome for a locked account, and stores the answer under the request's idempotency key. */
export async function settle<View>(
	{ keys }: Pick<Api, 'keys'>,
	tx: Tx,
	subject: Subject,
	{ answer, write }: Outcome<View>,
): Promise<Committed<View>> {
	if (!write) return { answer };
	const { account, actor, now } = subject;
	await writeRows(tx, write.rows ?? [], { accountId: account.id, now });
	const happened = await record(keys, tx, subject, write);
	await keepAnswer(keys, tx, actor, { accountId: account.id, answer }, now);
	return { answer, ...(happened && { happened }) };
}

async function record(
	keys: Api['keys'],
	tx: Tx,
	{ account: { id: accountId }, actor, now }: Subject,
	{ account: changes = {}, event, signaled: asked = false, messages = [] }: Write,
): Promise<Happened | undefined> {
	if (!event) {
		await changeAccount(tx, accountId, changes);
		return undefined;
	}
	const { name, reason = null } = event;
	const signaled = asked || SIGNALED.has(name);
	const eventId = await writeAct(tx, accountId, {
		changes,
		wakeBy: signaled ? after(now, WAKE_AFTER_ACT_MS) : null,
		event: { accountId, name, actor: actor.name, at: now, reason, source: actor.source },
		messages: sealMessages(keys, messages, now),
	});
	return signaled ? { accountId, name, eventId } : undefined;
}

/** As `settle`, for an account that the act adds. Writes nothing and returns null when another account has the e-mail. */
export async function settleNew<View>(
	{ keys }: Pick<Api, 'keys'>,
	tx: Tx,
	{ account, actor, now }: Subject,
	{ answer, write }: { answer: View; write: Pick<Write, 'messages' | 'rows'> & { reason: string | null } },
): Promise<Committed<View> | null> {
	const { messages = [], rows = [], reason } = write;
	const event = { accountId: account.id, name: 'registered', actor: actor.name, at: now, reason, source: actor.source };
	const eventId = await writeNewAccount(tx, account, {
		event: { ...event, name: 'registered' },
		messages: sealMessages(keys, messages, now),
	});
	if (eventId === null) return null;
	await writeRows(tx, rows, { accountId: account.id, now });
	await keepAnswer(keys, tx, actor, { accountId: account.id, answer }, now);
	const expiresAt = account.temporaryPasswordExpiresAt;
	return { answer, happened: { accountId: account.id, name: 'registered', eventId, expiresAt } };
}
