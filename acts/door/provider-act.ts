import { lockAccount } from '../../database/accounts.js';
import type { Tx } from '../../database/connect.js';
import type { AccountRow } from '../../database/schema.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { Actor } from './caller.js';
import { settle, transact, type Write } from './settle.js';

export type ProviderContext = Pick<Api, 'db' | 'clock' | 'keys'> & { signals: Pick<Api['signals'], 'tell'> };

/** As the audit names a provider that reports. */
const PROVIDER: Actor = { name: 'provider', source: null, scope: 'provider' };

/**
 * Runs an act of a provider on a locked account. Unlike an act of time it comes from outside the workflow, which hears of it
 * by a signal. `decide` gives null when the report changes nothing; a repeat finds it so.
 */
export async function providerAct(
	context: ProviderContext,
	accountId: string,
	decide: (tx: Tx, account: AccountRow, now: Instant) => Promise<Write | null>,
): Promise<void> {
	await transact<null>(context, async (tx) => {
		const account = await lockAccount(tx, accountId);
		if (!account) return { answer: null };
		const now = context.clock.now();
		const write = await decide(tx, account, now);
		return settle(context, tx, { account, actor: PROVIDER, now }, write ? { answer: null, write } : { answer: null });
	});
}
