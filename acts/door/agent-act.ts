import { lockAccount } from '../../database/accounts.js';
import { lockKey } from '../../database/answers.js';
import type { Tx } from '../../database/connect.js';
import type { AccountRow, Role } from '../../database/schema.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { Actor, AgentCall } from './caller.js';
import { AGENT_PREFIX } from './recognize.js';
import { findRepeat } from './repeat.js';
import { type Committed, type Outcome, settle, transact } from './settle.js';

/** Runs an act of an agent in one transaction. A repeat under the same key waits for the first and gets its answer. */
export async function agentTransaction<View>(
	api: Api,
	call: AgentCall,
	act: (tx: Tx, actor: Actor) => Promise<Committed<View>>,
): Promise<View | Refusal> {
	const actor: Actor = {
		name: call.agent,
		source: call.source,
		scope: `${AGENT_PREFIX}${call.agent}`,
		idempotency: call.idempotency,
	};
	return transact<View>(api, async (tx) => {
		if (actor.idempotency) await lockKey(tx, actor.scope, actor.idempotency.key);
		const repeat = await findRepeat(api.keys, tx, actor, api.clock.now());
		return repeat ? { answer: repeat.answer as View } : act(tx, actor);
	});
}

/**
 * Runs an act of an agent on an account. Answers `not-found` for an erased account and for one of the other role: an
 * agent who could correct the e-mail of a new agent would receive that agent's temporary password.
 */
export function agentAct<View>(
	api: Api,
	call: AgentCall,
	{ accountId, role = 'user' }: { accountId: string; role?: Role },
	decide: (tx: Tx, account: AccountRow, now: Instant) => Outcome<View> | Promise<Outcome<View>>,
): Promise<View | Refusal> {
	return agentTransaction<View>(api, call, async (tx, actor) => {
		const account = await lockAccount(tx, accountId);
		const now = api.clock.now();
		if (!account || account.erasedAt || account.role !== role) return { answer: refuse('not-found') };
		return settle(api, tx, { account, actor, now }, await decide(tx, account, now));
	});
}
