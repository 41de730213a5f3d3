import { lockAccount } from '../../database/accounts.js';
import type { Tx } from '../../database/connect.js';
import { writeRows } from '../../database/row-changes.js';
import type { AccountRow, SessionRow } from '../../database/schema.js';
import { touchSession } from '../../database/sessions.js';
import { digestSessionToken } from '../../domain/credentials/session-token.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import type { Step } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { Onboarding } from '../views.js';
import { afterRotation } from './access.js';
import { countAct } from './act-limits.js';
import type { Actor, UserCall } from './caller.js';
import { findRepeat } from './repeat.js';
import { type FoundSession, findSession, issueSession } from './session.js';
import { sessionView } from './session-view.js';
import { type Outcome, settle, transact } from './settle.js';

/** What an act of a user decides on: the locked account and the session of the request. */
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
	/** The refusal by session, step or wait, or null. It runs once before and once under the lock. */
	permit(session: SessionRow, account: AccountRow, now: Instant): Refusal | null;
	/** Costly work, such as hashing. It runs before the lock. */
	prepare?(account: AccountRow): Promise<Prepared | Refusal>;
	decide(tx: Tx, door: Door<Prepared>): Outcome<View> | Promise<Outcome<View>>;
}

/**
 * Runs an act of a user: session, repeat, first check, costly work, then the transaction, which checks again under the
 * account's lock. The act happens once, whatever tabs and retries do.
 */
export async function userAct<View, Prepared = undefined>(
	api: Api,
	call: UserCall,
	act: UserAct<View, Prepared>,
): Promise<View | Refusal> {
	const { token } = call;
	if (!token) return refuse('not-signed-in');
	return api.load.sessions.take(digestSessionToken(token), () => actInTurn(api, { ...call, token }, act));
}

async function actInTurn<View, Prepared>(
	api: Api,
	call: UserCall & { token: string },
	act: UserAct<View, Prepared>,
): Promise<View | Refusal> {
	const now = api.clock.now();
	const found = await findSession(api.db, api.keys, call.token, now);
	if (!found) return refuse('not-signed-in');
	const { session, account } = found;
	const actor: Actor = { name: 'user', source: call.source, scope: account.id, idempotency: call.idempotency };
	const repeat = await findRepeat(api.keys, api.db, actor, now);
	if (repeat) {
		return transact(api, async (tx) => {
			// The repeat may open a session. After an erasure, a freeze or an end of all sessions it must not open one.
			await lockAccount(tx, account.id);
			// The first request may have ended since the session lookup, and may have rotated this token out.
			return { answer: (await answerRepeat(api, tx, call, act.step, repeat.answer)) as View };
		});
	}
	if (found.rotated) return afterRotation(found, act.step, now);
	const by = [session.assurance];
	const refusal =
		act.permit(session, account, now) ?? (await countAct(api, api.db, { accountId: account.id, by }, now));
	if (refusal) return refusal;
	await touchSession(api.db, session, now);
	const prepared = act.prepare ? await act.prepare(account) : undefined;
	if (isRefusal(prepared)) return prepared;
	return transact(api, (tx) => decideLocked(api, tx, { found, call, act, actor, prepared: prepared as Prepared }));
}

interface Locked<View, Prepared> {
	found: FoundSession;
	call: UserCall & { token: string };
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
		// Another act came first: perhaps this one in another tab. It may have ended the session.
		const repeat = await findRepeat(api.keys, tx, actor, now);
		if (repeat) return { answer: (await answerRepeat(api, tx, call, act.step, repeat.answer)) as View };
		const again = await findSession(tx, api.keys, call.token, now);
		if (!again) return { answer: refuse('not-signed-in') };
		if (again.rotated) return { answer: afterRotation(again, act.step, now) };
		session = again.session;
	}
	if (!account) return { answer: refuse('not-signed-in') };
	const refusal = act.permit(session, account, now);
	if (refusal) return { answer: refusal };
	const outcome = await act.decide(tx, { account, session, now, prepared });
	return settle(api, tx, { account, actor, now }, outcome);
}

/**
 * Answers a repeat with a rotated token, in case the first answer was lost. A password in the request opens a new session
 * and counts as a sign-in. A code works once (RFC 6238 5.2), so its repeat gets `already-done` and the user signs in again.
 */
async function answerRepeat(
	api: Api,
	tx: Tx,
	call: UserCall & { token: string },
	step: Step,
	answer: unknown,
): Promise<unknown> {
	const now = api.clock.now();
	const found = await findSession(tx, api.keys, call.token, now);
	if (!found) return refuse('not-signed-in');
	if (!found.rotated || isRefusal(answer)) return answer;
	if (step !== 'change-password') return afterRotation(found, step, now);
	const by = ['sign-in', call.source];
	const tooMany = await countAct(api, tx, { accountId: found.account.id, by }, now);
	if (tooMany) return tooMany;
	const opened = { accountId: found.account.id, assurance: 'password', temporaryPasswordId: null } as const;
	const { session, token, change } = issueSession(api.keys, opened, now);
	await writeRows(tx, [change], { accountId: found.account.id, now });
	return { ...(answer as Onboarding), session: sessionView(session, found.account, now, token) };
}
