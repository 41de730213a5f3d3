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

/** A rate that mail servers accept and that leaves the database room for other work. */
export const ROWS_PER_SECOND = 5;
const ROWS_PER_SECOND_MAX = 50;
const LISTED = 20;
const TAKEN_LISTED = 200;

export interface CheckedBatch {
	rows: (CheckedRow & { account: { id: string; role: Role } | null })[];
	/** The people that a batch of these rows would register: those without a problem and without an account. */
	people: Person[];
}

/** Checks a list of people and keeps nothing of it: the problems of its rows, and the rows whose e-mail has an account. */
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
	/** When the last row ended. */
	finishedAt: Instant | null;
	/** When the batch was stopped because the agent who started it was removed. */
	stoppedAt: Instant | null;
	rows: Record<BatchRowState, number> & { all: number };
}

export interface NewBatch {
	people: readonly Person[];
	rowsPerSecond?: number;
	reason?: string | undefined;
	/** The draft of the people. A draft becomes at most one batch. */
	draftId?: string | undefined;
}

/** Rolls back the second batch of a draft. */
class DraftUsed extends Error {}

/**
 * Keeps the people of a batch; its workflow registers them at the given rate. A person who has an account by then stays
 * unchanged and receives nothing, so a list may come twice.
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

/** A batch and its progress. */
export async function getBatch(api: Api, { batchId }: { batchId: string }): Promise<Batch | Refusal> {
	const batch = await findBatch(api.db, batchId);
	return batch ? ((await viewsOf(api, [batch]))[0] as Batch) : refuse('not-found');
}

/** The newest batches. */
export async function listBatches(api: Api): Promise<Batch[]> {
	return viewsOf(api, await listRows(api.db, LISTED));
}

/** Rows whose e-mail already had an account; at most 200. */
export async function listTakenRows(api: Api, { batchId }: { batchId: string }) {
	return listTaken(api.db, batchId, TAKEN_LISTED);
}

/** Rows that a stopped batch did not register; at most 200. */
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
