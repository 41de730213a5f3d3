import { sql } from 'kysely';
import { KNOWN_NETWORK_MS } from '../domain/policy.js';
import { after, type Instant } from '../domain/time.js';
import type { Db, Tx } from './connect.js';

/** Whether an account proved its second factor from this network lately; the digest is of e-mail and network. */
export async function isKnownNetwork(db: Db, digest: string, now: Instant): Promise<boolean> {
	const query = db.selectFrom('knownNetworks').select(sql`1`.as('one')).where('digest', '=', digest);
	return (await query.where('expiresAt', '>', now).executeTakeFirst()) !== undefined;
}

/** Stores a network from which an account has just proved its second factor. */
export async function rememberNetwork(
	tx: Tx,
	{ digest, accountId }: { digest: string; accountId: string },
	now: Instant,
): Promise<void> {
	const row = { digest, accountId, expiresAt: after(now, KNOWN_NETWORK_MS) };
	await tx
		.insertInto('knownNetworks')
		.values(row)
		.onConflict((conflict) => conflict.column('digest').doUpdateSet(row))
		.execute();
}

export async function forgetNetworks(tx: Tx, accountId: string): Promise<void> {
	await tx.deleteFrom('knownNetworks').where('accountId', '=', accountId).execute();
}
