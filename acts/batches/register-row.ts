import { findAccountByEmail } from '../../database/accounts.js';
import { endBatchRow, lockNextRow } from '../../database/batches.js';
import type { BatchRow } from '../../database/schema.js';
import { newAccount } from '../accounts/new-account.js';
import { settleNew } from '../door/settle.js';
import type { TimeContext } from '../door/time-act.js';

/** The outcome of one row; `none` when no row of the batch waits. */
export type RowOutcome = { outcome: 'registered'; accountId: string } | { outcome: 'taken' } | { outcome: 'none' };

/**
 * Registers the person of the batch's next row and ends the row, in one transaction: an attempt that fails leaves nothing
 * behind, and a repeat takes the next row. An account that already has the e-mail stays unchanged.
 */
export async function registerNextRow(context: TimeContext, batch: BatchRow): Promise<RowOutcome> {
	return context.db.transaction().execute(async (tx) => {
		const now = context.clock.now();
		const row = await lockNextRow(tx, batch.id);
		if (!row) return { outcome: 'none' };
		const person = { email: row.email ?? '', name: row.name, locale: row.locale };
		const { account, message } = newAccount(context, person, batch.createdBy, now);
		const place = { batchId: batch.id, number: row.number };
		const actor = { name: batch.createdBy, source: batch.source, scope: batch.id };
		const registered = { endBatchRow: { ...place, state: 'registered', accountId: account.id } } as const;
		const write = { messages: [message], rows: [registered], reason: batch.reason };
		const settled = await settleNew(context, tx, { account, actor, now }, { answer: null, write });
		if (settled) return { outcome: 'registered', accountId: account.id };
		const holder = await findAccountByEmail(tx, person.email);
		await endBatchRow(tx, { ...place, state: 'taken', accountId: holder?.id ?? null }, now);
		return { outcome: 'taken' };
	});
}
