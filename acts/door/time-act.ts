import { lockAccount } from '../../database/accounts.js';
import type { Db, Tx } from '../../database/connect.js';
import type { AccountRow } from '../../database/schema.js';
import type { KeyRing } from '../../domain/credentials/keys.js';
import type { Policy } from '../../domain/policy.js';
import type { Clock, Instant } from '../../domain/time.js';
import { type Actor, type Outcome, settle } from './settle.js';

/** What an act of time works with. */
export interface TimeContext {
	db: Db;
	clock: Clock;
	keys: KeyRing;
	policy: Policy;
}

/** As the audit names time and deliveries. */
const WORKFLOW: Actor = { name: 'workflow', source: null, scope: 'workflow' };

/**
 * Runs an act of time, or of a delivery, on a locked account. The workflow that asks for it looks at the account afterwards,
 * so the act signals nothing. `decide` gives null when nothing is due; a repeat finds it so.
 */
export async function timeAct(
	context: TimeContext,
	accountId: string,
	decide: (tx: Tx, account: AccountRow, now: Instant) => Promise<Outcome<null>['write'] | null>,
): Promise<void> {
	await context.db.transaction().execute(async (tx) => {
		const account = await lockAccount(tx, accountId);
		if (!account) return;
		const now = context.clock.now();
		const write = await decide(tx, account, now);
		if (write) await settle(context, tx, { account, actor: WORKFLOW, now }, { answer: null, write });
	});
}
