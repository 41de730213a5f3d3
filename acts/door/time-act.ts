import { lockAccount } from '../../database/accounts.js';
import type { Db, Tx } from '../../database/connect.js';
import type { AccountRow } from '../../database/schema.js';
import type { KeyRing } from '../../domain/credentials/keys.js';
import type { Policy } from '../../domain/policy.js';
import type { Clock, Instant } from '../../domain/time.js';
import type { Actor } from './caller.js';
import { type Outcome, settle } from './settle.js';

/** The dependencies of an act of time. */
export interface TimeContext {
	db: Db;
	clock: Clock;
	keys: KeyRing;
	policy: Policy;
}

/** The name of time and deliveries in the audit. */
const WORKFLOW: Actor = { name: 'workflow', source: null, scope: 'workflow' };

/**
 * Runs an act of time or of a delivery on a locked account. It signals nothing, because the workflow that runs it reads
 * the account afterwards. `decide` returns null when nothing is due, as for a repeat.
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
