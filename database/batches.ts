import { sql } from 'kysely';
import { WAKE_AFTER_ACT_MS, WAKE_AFTER_OWED_MS } from '../domain/policy.js';
import { after, type Instant } from '../domain/time.js';
import type { Db, Tx } from './connect.js';
import type { BatchPersonRow, BatchRow, BatchRowState } from './schema.js';

export type NewBatch = Omit<BatchRow, 'rowCount' | 'finishedAt' | 'stoppedAt' | 'wakeBy'>;
export type NewBatchPerson = Pick<BatchPersonRow, 'email' | 'name' | 'locale'>;

/** Adds a batch whose rows all wait. The sweep starts its workflow unless that has begun within seconds. */
export async function insertBatch(tx: Db, batch: NewBatch, people: readonly NewBatchPerson[]): Promise<void> {
	const wakeBy = after(batch.createdAt, WAKE_AFTER_ACT_MS);
	await tx
		.insertInto('batches')
		.values({ ...batch, rowCount: people.length, finishedAt: null, wakeBy })
		.execute();
	// As arrays: thousands of single parameters take the embedded database longer than an act may wait.
	const [emails, names, locales] = [people.map((p) => p.email), people.map((p) => p.name), people.map((p) => p.locale)];
	await sql`
		insert into batch_rows (batch_id, number, email, name, locale, state)
		select ${batch.id}::uuid, p.number, p.email, p.name, p.locale, 'waiting'
		from unnest(${emails}::text[], ${names}::text[], ${locales}::text[])
			with ordinality as p (email, name, locale, number)`.execute(tx);
}

export async function findBatch(db: Db, id: string): Promise<BatchRow | null> {
	return (await db.selectFrom('batches').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** The newest batches first. */
export function listBatches(db: Db, limit: number): Promise<BatchRow[]> {
	return db.selectFrom('batches').selectAll().orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export const NO_ROWS: Readonly<Record<BatchRowState, number>> = { waiting: 0, registered: 0, taken: 0, stopped: 0 };

/** How many rows of each batch stand in each state. */
export async function countRows(db: Db, batchIds: string[]): Promise<Map<string, Record<BatchRowState, number>>> {
	const counts = new Map(batchIds.map((id) => [id, { ...NO_ROWS }]));
	if (batchIds.length === 0) return counts;
	const rows = await db
		.selectFrom('batchRows')
		.select(['batchId', 'state', sql<number>`count(*)`.as('count')])
		.where('batchId', 'in', batchIds)
		.groupBy(['batchId', 'state'])
		.execute();
	for (const { batchId, state, count } of rows) Object.assign(counts.get(batchId) ?? {}, { [state]: count });
	return counts;
}

/** The rows whose e-mail another account had, and that account's e-mail as it is now; null once it was erased. */
export function listTaken(db: Db, batchId: string, limit: number) {
	return db
		.selectFrom('batchRows as r')
		.innerJoin('accounts as a', 'a.id', 'r.accountId')
		.select(['r.number', 'a.id as accountId', 'a.email', 'a.role'])
		.where('r.batchId', '=', batchId)
		.where('r.state', '=', 'taken')
		.orderBy('r.number')
		.limit(limit)
		.execute();
}

/** The rows that a stopped batch has not registered. An e-mail is null after its retention. */
export function listStopped(db: Db, batchId: string, limit: number) {
	return db
		.selectFrom('batchRows')
		.select(['number', 'email'])
		.where('batchId', '=', batchId)
		.where('state', '=', 'stopped')
		.orderBy('number')
		.limit(limit)
		.execute();
}

/**
 * Stops the batches of an agent whose access ends. Their rows keep whom they name, so that another agent can register
 * them. A registration under way holds its row, so that this waits for it: after it, no row of these batches registers.
 */
export async function stopBatches(tx: Db, createdBy: string, now: Instant): Promise<void> {
	const stopped = await tx
		.updateTable('batches')
		.set({ stoppedAt: now, finishedAt: now, wakeBy: null })
		.where('createdBy', '=', createdBy)
		.where('finishedAt', 'is', null)
		.returning('id')
		.execute();
	const ids = stopped.map(({ id }) => id);
	if (ids.length === 0) return;
	await tx
		.updateTable('batchRows')
		.set({ state: 'stopped', doneAt: now })
		.where('batchId', 'in', ids)
		.where('state', '=', 'waiting')
		.execute();
}

/** Locks the next row of the batch that waits; null when none does. A row that another attempt holds is passed over. */
export async function lockNextRow(tx: Tx, batchId: string): Promise<BatchPersonRow | null> {
	const query = tx.selectFrom('batchRows').selectAll().where('batchId', '=', batchId).where('state', '=', 'waiting');
	return (await query.orderBy('number').limit(1).forUpdate().skipLocked().executeTakeFirst()) ?? null;
}

/** How a row ends: with the account that was registered, or that has the e-mail. */
export interface BatchRowEnd {
	batchId: string;
	number: number;
	state: 'registered' | 'taken';
	accountId: string | null;
}

/** From its end on the account names the person of a row, so that erasing the account erases all. */
export async function endBatchRow(
	tx: Tx,
	{ batchId, number, state, accountId }: BatchRowEnd,
	now: Instant,
): Promise<void> {
	await tx
		.updateTable('batchRows')
		.set({ state, accountId, email: null, name: null, doneAt: now })
		.where('batchId', '=', batchId)
		.where('number', '=', number)
		.execute();
}

/** Removes an erased person from the rows that wait, or a batch would register them anew, and from those never registered. */
export async function forgetWaitingRows(
	tx: Db,
	account: { id: string; email: string | null },
	now: Instant,
): Promise<void> {
	const end = { state: 'taken', accountId: account.id, email: null, name: null, doneAt: now } as const;
	await tx
		.updateTable('batchRows')
		.set(end)
		.where('state', 'in', ['waiting', 'stopped'])
		.where('email', '=', account.email)
		.execute();
}

/** Records progress of the batch, or its end. Returns how many rows wait and how many were stopped. */
export async function noteProgress(
	db: Db,
	batchId: string,
	now: Instant,
): Promise<{ waiting: number; stopped: number }> {
	const { waiting = 0, stopped = 0 } = (await countRows(db, [batchId])).get(batchId) ?? {};
	await db
		.updateTable('batches')
		.set(waiting > 0 ? { wakeBy: after(now, WAKE_AFTER_OWED_MS) } : { wakeBy: null, finishedAt: now })
		.where('id', '=', batchId)
		.where('finishedAt', 'is', null)
		.execute();
	return { waiting, stopped };
}

/** Claims, for a minute, batches whose workflow has registered no row in time. */
export async function claimOverdueBatches(db: Db, now: Instant): Promise<string[]> {
	const rows = await db
		.updateTable('batches')
		.set({ wakeBy: after(now, WAKE_AFTER_OWED_MS) })
		.where('id', 'in', (query) =>
			query.selectFrom('batches').select('id').where('wakeBy', '<=', now).forUpdate().skipLocked(),
		)
		.returning('id')
		.execute();
	return rows.map(({ id }) => id);
}
