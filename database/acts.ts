import { sql } from 'kysely';
import type { Instant } from '../domain/time.js';
import type { Tx } from './connect.js';
import type { NewEvent } from './events.js';
import type { AccountChanges, AccountRow, MessageRow } from './schema.js';

/** What an act leaves beside its changes. */
export interface ActRows {
	event: NewEvent;
	messages: MessageRow[];
}

/**
 * Writes an act on its locked account: the changes, the audit event and the messages owed, in one statement, since each
 * round trip is paid by every onboarding. Counts the act. Gives the event's id.
 * @param wakeBy when the sweep sends the signal if the workflow has not heard it; null when the act needs none
 */
export async function writeAct(
	tx: Tx,
	accountId: string,
	{ changes, wakeBy, event, messages }: ActRows & { changes: AccountChanges; wakeBy: Instant | null },
): Promise<string> {
	const recorded = tx.with('recorded', (db) => db.insertInto('events').values(event).returning('id'));
	const queued = messages.length
		? (recorded.with('queued', (db) => db.insertInto('messages').values(messages)) as unknown as typeof recorded)
		: recorded;
	const { eventId } = await queued
		.updateTable('accounts')
		.set({ ...changes, ...(wakeBy && { wakeBy, wakeMisses: 0 }), revision: sql`revision + 1` })
		.where('id', '=', accountId)
		.returning((query) => query.selectFrom('recorded').select('id').$asScalar().$notNull().as('eventId'))
		.executeTakeFirstOrThrow();
	return String(eventId);
}

/** Adds an account with its first event and messages. Gives the event's id; null, and nothing written, when the e-mail is taken. */
export async function writeNewAccount(
	tx: Tx,
	account: AccountRow,
	{ event, messages }: ActRows,
): Promise<string | null> {
	const added = await tx
		.insertInto('accounts')
		.values(account)
		.onConflict((conflict) => conflict.column('email').doNothing())
		.returning('id')
		.executeTakeFirst();
	if (!added) return null;
	const recorded = tx.with('recorded', (db) => db.insertInto('events').values(event).returning('id'));
	const queued = messages.length
		? (recorded.with('queued', (db) => db.insertInto('messages').values(messages)) as unknown as typeof recorded)
		: recorded;
	const { id } = await queued.selectFrom('recorded').select('id').executeTakeFirstOrThrow();
	return String(id);
}
