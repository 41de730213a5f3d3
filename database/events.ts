import type { Insertable } from 'kysely';
import type { Db } from './connect.js';
import type { EventRow, EventsTable } from './schema.js';

export type NewEvent = Omit<Insertable<EventsTable>, 'id'>;

/** Appends audit events and gives their ids, in the same order. */
export async function insertEvents(db: Db, events: NewEvent[]): Promise<string[]> {
	const rows = await db.insertInto('events').values(events).returning('id').execute();
	return rows.map(({ id }) => String(id));
}

/** The audit events of an account in the order of what happened, or the newest first, after the one of an id. */
export function listEvents(
	db: Db,
	accountId: string,
	{ order, after, limit }: { order: 'oldest' | 'newest'; after?: number | undefined; limit: number },
): Promise<EventRow[]> {
	const [direction, beyond] = order === 'oldest' ? (['asc', '>'] as const) : (['desc', '<'] as const);
	let query = db.selectFrom('events').selectAll().where('accountId', '=', accountId);
	if (after !== undefined) query = query.where('id', beyond, String(after));
	return query.orderBy('id', direction).limit(limit).execute();
}

/** Removes from the account's events what could name its person: what agents wrote, and networks. */
export async function forgetEvents(tx: Db, accountId: string): Promise<void> {
	await tx.updateTable('events').set({ reason: null, source: null }).where('accountId', '=', accountId).execute();
}
