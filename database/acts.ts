import { sql } from 'kysely';
import type { Instant } from '../domain/time.js';
import type { Db } from './connect.js';
import type { NewEvent } from './events.js';
import type { AccountChanges, AccountRow, MessageRow } from './schema.js';

/** What an act writes about its account. */
export interface ActRows {
	changes: AccountChanges;
	/** When the sweep signals unless the workflow has heard the act's signal. Null when the act needs no signal. */
	wake: { by: Instant } | null;
	event: NewEvent;
	messages: MessageRow[];
}

/**
 * Writes an act on its locked account: the changes, the audit event and the messages owed, in one statement, since each
 * round trip is paid by every onboarding. Counts the act. Gives the account as it then is, and the event's id.
 */
export async function writeAct(
	tx: Db,
	accountId: string,
	{ changes, wake, event, messages }: ActRows,
): Promise<{ account: AccountRow; eventId: string }> {
	const recorded = tx.with('recorded', (db) => db.insertInto('events').values(event).returning('id'));
	const queued = messages.length
		? (recorded.with('queued', (db) => db.insertInto('messages').values(messages)) as unknown as typeof recorded)
		: recorded;
	const { eventId, ...account } = await queued
		.updateTable('accounts')
		.set({ ...changes, ...(wake && { wakeBy: wake.by, wakeMisses: 0 }), revision: sql`revision + 1` })
		.where('id', '=', accountId)
		.returningAll()
		.returning((query) => query.selectFrom('recorded').select('id').$asScalar().$notNull().as('eventId'))
		.executeTakeFirstOrThrow();
	return { account, eventId: String(eventId) };
}
