import { sql } from 'kysely';
import { ANSWER_LIFETIME_MS } from '../domain/policy.js';
import { after, type Instant } from '../domain/time.js';
import type { Db } from './connect.js';

/** What an act answered under its `Idempotency-Key`, without tokens. */
export interface StoredAnswer {
	/** Keyed digest of the request it answered. */
	request: string;
	/** The view, or the refusal that was counted. */
	answer: unknown;
}

/** The answer stored under a key; `scope` is the account or the agent whose key it is. */
export async function findAnswer(db: Db, scope: string, key: string, now: Instant): Promise<StoredAnswer | null> {
	const row = await db
		.selectFrom('answers')
		.select(['request', 'answer'])
		.where('scope', '=', scope)
		.where('key', '=', key)
		.where('expiresAt', '>', now)
		.executeTakeFirst();
	return row ? { request: row.request, answer: JSON.parse(row.answer) } : null;
}

/** Stores an answer in the transaction of the act it belongs to; one that expired makes room. */
export async function storeAnswer(
	tx: Db,
	stored: StoredAnswer & { scope: string; key: string; accountId: string | null },
	now: Instant,
): Promise<void> {
	const row = { ...stored, answer: JSON.stringify(stored.answer), expiresAt: after(now, ANSWER_LIFETIME_MS) };
	await tx
		.insertInto('answers')
		.values(row)
		.onConflict((conflict) => conflict.columns(['scope', 'key']).doUpdateSet(row))
		.execute();
}

/**
 * Makes a concurrent request with the same key wait for this transaction. An agent's act may have no row to lock yet.
 */
export async function lockKey(tx: Db, scope: string, key: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${scope}/${key}`}, 0))`.execute(tx);
}

/** Removes the answers about an account, which name its person. */
export async function forgetAnswers(tx: Db, accountId: string): Promise<void> {
	await tx.deleteFrom('answers').where('accountId', '=', accountId).execute();
}
