import { lockAccount } from '../../database/accounts.js';
import { lockKey } from '../../database/answers.js';
import type { Tx } from '../../database/connect.js';
import type { AccountRow, Role } from '../../database/schema.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { AgentCall } from './caller.js';
import { type Actor, type Committed, type Decision, findRepeat, settle, transact } from './settle.js';

/** Runs an act of an agent in one transaction; a repeat under the same key waits for the first and gets its answer. */
export async function agentTransaction<View>(
	api: Api,
	call: AgentCall,
	act: (tx: Tx, actor: Actor) => Promise<Committed<View>>,
): Promise<View | Refusal> {
	const actor: Actor = {
		name: call.agent,
		source: call.source,
		scope: `agent:${call.agent}`,
		idempotency: call.idempotency,
	};
	return transact<View>(api, async (tx) => {
		if (actor.idempotency) await lockKey(tx, actor.scope, actor.idempotency.key);
		const repeat = await findRepeat(api, tx, actor, api.clock.now());
		return repeat ? { answer: repeat.answer as View } : act(tx, actor);
	});
}

/**
 * Runs an act of an agent on an account it may not know to be erased. The accounts of agents are none of theirs: a new
 * agent's mail, sent to another address, would make another agent.
 */
export function agentAct<View>(
	api: Api,
	call: AgentCall,
	{ accountId, role = 'user' }: { accountId: string; role?: Role },
	decide: (tx: Tx, account: AccountRow, now: Instant) => Decision<View> | Promise<Decision<View>>,
): Promise<View | Refusal> {
	return agentTransaction<View>(api, call, async (tx, actor) => {
		const account = await lockAccount(tx, accountId);
		const now = api.clock.now();
		if (!account || account.erasedAt || account.role !== role) return { answer: refuse('not-found') };
		return settle(api, tx, { account, actor, now }, await decide(tx, account, now));
	});
}
