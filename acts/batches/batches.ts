import { randomUUID } from 'node:crypto';
import { findAccountsByEmail } from '../../database/accounts.js';
import { useDraft } from '../../database/batch-drafts.js';
import {
	countRows,
	findBatch,
	insertBatch,
	listBatches as listRows,
	listStopped,
	listTaken,
	NO_ROWS,
} from '../../database/batches.js';
import type { BatchRow, BatchRowState, Role } from '../../database/schema.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import type { Person } from '../accounts/person.js';
import type { Api } from '../context.js';
import { agentTransaction } from '../door/agent-act.js';
import type { AgentCall } from '../door/caller.js';
import { keepAnswer } from '../door/repeat.js';
import { BATCH_ROWS_MAX, type CheckedRow, checkRows } from './rows.js';

/** What a mail server takes without a word, and the database beside everything else. */
export const ROWS_PER_SECOND = 5;
export const ROWS_PER_SECOND_MAX = 50;
const LISTED = 20;
const TAKEN_LISTED = 200;

export interface CheckedBatch {
	rows: (CheckedRow & { account: { id: string; role: Role } | null })[];
	/** Whom a batch of these rows would register: without those with a problem or an account. */
	people: Person[];
}

/** Looks at a list of people without keeping anything of it: what is wrong with it, and who has an account already. */
export async function checkBatch(api: Api, csv: string): Promise<CheckedBatch | Refusal> {
	const checked = checkRows(csv);
	if (isRefusal(checked)) return checked;
	const sound = checked.filter(({ problems }) => problems.length === 0);
	const known = await findAccountsByEmail(
		api.db,
		sound.map(({ person }) => person.email),
	);
	const rows = checked.map((row) => ({ ...row, account: known.get(row.person.email) ?? null }));
	const free = rows.filter(({ problems, account }) => problems.length === 0 && !account);
	return { rows, people: free.map(({ person }) => person) };
}

export interface Batch {
	id: string;
	createdAt: Instant;
	createdBy: string;
	reason: string | null;
	rowsPerSecond: number;
	/** When the last row was done. */
	finishedAt: Instant | null;
	/** When it was stopped, because the agent who started it was removed. */
	stoppedAt: Instant | null;
	rows: Record<BatchRowState, number> & { all: number };
}

export interface NewBatch {
	people: readonly Person[];
	rowsPerSecond?: number;
	reason?: string | undefined;
	/** The draft that the people were read from: it becomes one batch at most. */
	draftId?: string | undefined;
}

/** Rolls back the second batch of a draft. */
class DraftUsed extends Error {}

/**
 * Keeps the people of a batch and has its workflow register them, so many a second. Whoever has an account by then is
 * left as they are, and sent nothing: a list may come twice.
 */
export async function startBatch(
	api: Api,
	call: AgentCall,
	{ people, rowsPerSecond, reason, draftId }: NewBatch,
): Promise<Batch | Refusal> {
	if (people.length === 0 || people.length > BATCH_ROWS_MAX) {
		return refuse('invalid-request', { detail: `A batch takes 1 to ${BATCH_ROWS_MAX} people.` });
	}
	const rate = Math.min(Math.max(1, Math.round(rowsPerSecond ?? ROWS_PER_SECOND)), ROWS_PER_SECOND_MAX);
	const begun = await agentTransaction<Batch>(api, call, async (tx, actor) => {
		const now = api.clock.now();
		const { name: createdBy } = actor;
		const { source } = call;
		const batch = { id: randomUUID(), createdAt: now, createdBy, source, reason: reason ?? null, rowsPerSecond: rate };
		const rows = people.map(({ email, name, locale }) => ({ email, name: name ?? null, locale: locale ?? 'en' }));
		await insertBatch(tx, batch, rows);
		if (draftId && !(await useDraft(tx, draftId, batch.id))) throw new DraftUsed();
		const counts = { ...NO_ROWS, waiting: rows.length };
		const answer = viewOf({ ...batch, rowCount: rows.length, finishedAt: null, stoppedAt: null }, counts);
		await keepAnswer(api.keys, tx, actor, { accountId: null, answer }, now);
		return { answer };
	}).catch((error: unknown) => {
		if (error instanceof DraftUsed) return refuse('already-done');
		throw error;
	});
	if (isRefusal(begun)) return begun;
	api.signals
		.startBatch(begun.id)
		.catch(() => api.log.warn({ batchId: begun.id }, 'batch not started, the sweep will'));
	return begun;
}

/** How far a batch has come. */
export async function getBatch(api: Api, { batchId }: { batchId: string }): Promise<Batch | Refusal> {
	const batch = await findBatch(api.db, batchId);
	return batch ? ((await viewsOf(api, [batch]))[0] as Batch) : refuse('not-found');
}

/** The newest batches. */
export async function listBatches(api: Api): Promise<Batch[]> {
	return viewsOf(api, await listRows(api.db, LISTED));
}

/** Whose rows found an account with their e-mail; at most 200 of them. */
export async function listTakenRows(api: Api, { batchId }: { batchId: string }) {
	return listTaken(api.db, batchId, TAKEN_LISTED);
}

/** Whom a stopped batch has not registered; at most 200 of them. */
export async function listStoppedRows(api: Api, { batchId }: { batchId: string }) {
	return listStopped(api.db, batchId, TAKEN_LISTED);
}

async function viewsOf(api: Api, batches: BatchRow[]): Promise<Batch[]> {
	const counts = await countRows(
		api.db,
		batches.map(({ id }) => id),
	);
	return batches.map((batch) => viewOf(batch, counts.get(batch.id) ?? NO_ROWS));
}

function viewOf(
	{
		id,
		createdAt,
		createdBy,
		reason,
		rowsPerSecond,
		finishedAt,
		stoppedAt,
		rowCount,
	}: Omit<BatchRow, 'source' | 'wakeBy'>,
	counts: Record<BatchRowState, number>,
): Batch {
	return { id, createdAt, createdBy, reason, rowsPerSecond, finishedAt, stoppedAt, rows: { ...counts, all: rowCount } };
}
