import { BATCH_DRAFTS_PER_AGENT } from '../domain/policy.js';
import type { Instant } from '../domain/time.js';
import type { Db } from './connect.js';
import type { BatchDraftRow } from './schema.js';

/** Keeps a list for the agent who is to look through it; of older ones of the same agent only so many stay. */
export async function insertDraft(tx: Db, draft: BatchDraftRow): Promise<void> {
	await tx.insertInto('batchDrafts').values(draft).execute();
	const kept = tx
		.selectFrom('batchDrafts')
		.select('id')
		.where('createdBy', '=', draft.createdBy)
		.orderBy('expiresAt', 'desc')
		.orderBy('id')
		.limit(BATCH_DRAFTS_PER_AGENT);
	await tx.deleteFrom('batchDrafts').where('createdBy', '=', draft.createdBy).where('id', 'not in', kept).execute();
}

/** A draft that has not expired, to the agent who made it. */
export async function findDraft(
	db: Db,
	{ id, createdBy }: Pick<BatchDraftRow, 'id' | 'createdBy'>,
	now: Instant,
): Promise<BatchDraftRow | null> {
	const query = db.selectFrom('batchDrafts').selectAll().where('id', '=', id).where('createdBy', '=', createdBy);
	return (await query.where('expiresAt', '>', now).executeTakeFirst()) ?? null;
}

/** Marks a draft as turned into a batch and removes its list. False when that happened before. */
export async function useDraft(tx: Db, id: string, batchId: string): Promise<boolean> {
	const used = { batchId, list: null };
	const query = tx.updateTable('batchDrafts').set(used).where('id', '=', id).where('batchId', 'is', null);
	return Number((await query.executeTakeFirst()).numUpdatedRows) === 1;
}
