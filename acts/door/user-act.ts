import { lockAccount } from '../../database/accounts.js';
import type { Tx } from '../../database/connect.js';
import type { AccountRow, SessionRow } from '../../database/schema.js';
import { addSiblingToken, type FoundSession, findSession, touchSession } from '../../database/sessions.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import type { Step } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import { afterRotation } from './access.js';
import { type Actor, type Decision, findRepeat, settle, transact, withToken } from './settle.js';
import type { Api } from '../context.js';
import type { UserCall } from './caller.js';

/** What an act of a user decides by: its account, locked, and the session it came with. */
export interface Door<Prepared = undefined> {
	account: AccountRow;
	session: SessionRow;
	now: Instant;
	/** What `prepare` made outside the transaction. */
	prepared: Prepared;
}

/** One act of a user, in the parts the door goes through. */
export interface UserAct<View, Prepared = undefined> {
	/** The step the act belongs to. */
	step: Step;
	/** What session, step and waits already refuse; asked again under the lock. */
	permit(session: SessionRow, account: AccountRow, now: Instant): Refusal | null;
	/** Costly work, such as hashing, that may hold no lock. */
	prepare?(account: AccountRow): Promise<Prepared | Refusal>;
	decide(tx: Tx, door: Door<Prepared>): Decision<View> | Promise<Decision<View>>;
}

/**
 * The door of every act of a user: session, repeat, what can be refused already, costly work, then the transaction, which
 * asks again under the account's lock. An act comes through once, whatever tabs and retries do.
 */
export async function userAct<View, Prepared = undefined>(
	api: Api,
	call: UserCall,
	act: UserAct<View, Prepared>,
): Promise<View | Refusal> {
	const now = api.clock.now();
	const found = call.token ? await findSession(api.db, call.token, now) : null;
	if (!found) return refuse('not-signed-in');
	const { session, account } = found;
	const actor: Actor = { name: 'user', source: call.source, scope: account.id, idempotency: call.idempotency };
	const repeat = await findRepeat(api, api.db, actor, now);
	if (repeat) {
		// The first may have been answered since the session was looked up, and have rotated the token out.
		const again = await findSession(api.db, call.token as string, now);
		return again ? (answerRepeat(api, api.db, again, repeat.answer) as Promise<View>) : refuse('not-signed-in');
	}
	if (found.rotated) return afterRotation(found, act.step, now);
	const refusal = act.permit(session, account, now);
	if (refusal) return refusal;
	await touchSession(api.db, session, now);
	const prepared = act.prepare ? await act.prepare(account) : undefined;
	if (isRefusal(prepared)) return prepared;
	return transact(api, (tx) => decideLocked(api, tx, { found, call, act, actor, prepared: prepared as Prepared }));
}

interface Locked<View, Prepared> {
	found: FoundSession;
	call: UserCall;
	act: UserAct<View, Prepared>;
	actor: Actor;
	prepared: Prepared;
}

async function decideLocked<View, Prepared>(api: Api, tx: Tx, locked: Locked<View, Prepared>) {
	const { found, call, act, actor, prepared } = locked;
	const account = await lockAccount(tx, found.account.id);
	const now = api.clock.now();
	let { session } = found;
	if (account?.revision !== found.account.revision) {
		// Another act came first. It may have been this one, in another tab, and it may have ended the session.
		const repeat = await findRepeat(api, tx, actor, now);
		const again = await findSession(tx, call.token as string, now);
		if (!again) return { answer: refuse('not-signed-in') };
		if (repeat) return { answer: (await answerRepeat(api, tx, again, repeat.answer)) as View };
		if (again.rotated) return { answer: afterRotation(again, act.step, now) };
		session = again.session;
	}
	if (!account) return { answer: refuse('not-signed-in') };
	const refusal = act.permit(session, account, now);
	if (refusal) return { answer: refusal };
	const decision = await act.decide(tx, { account, session, now, prepared });
	return settle(api, tx, { account, actor, now }, decision);
}

/** A repeat whose token the first answer rotated out gets another token of the same session, in case that answer got lost. */
async function answerRepeat(api: Api, db: Api['db'], found: FoundSession, answer: unknown): Promise<unknown> {
	const bearsSession = withToken(answer, 'x') !== answer;
	if (!found.rotated || !bearsSession || isRefusal(answer)) return answer;
	api.log.debug({ accountId: found.account.id }, 'repeat answered with a sibling token');
	return withToken(answer, await addSiblingToken(db, found.session.id));
}
