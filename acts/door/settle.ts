import { changeAccount } from '../../database/accounts.js';
import { writeAct } from '../../database/acts.js';
import { findAnswer, storeAnswer } from '../../database/answers.js';
import type { Db, Tx } from '../../database/connect.js';
import { type NewMessage, sealMessages } from '../../database/messages.js';
import type { AccountChanges, AccountRow } from '../../database/schema.js';
import type { EventName } from '../../domain/event.js';
import { WAKE_AFTER_ACT_MS } from '../../domain/policy.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import type { Happened } from '../../domain/signal.js';
import { after, type Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { Session } from '../views.js';
import type { Idempotency } from './caller.js';

/** What an act does besides answering. All of it commits together, or none. */
export interface Effects {
	changes?: AccountChanges;
	event?: { name: EventName; reason?: string | null | undefined };
	/** It changes what the workflow shows, although its event by itself tells the workflow nothing. */
	signaled?: boolean;
	messages?: NewMessage[];
	/** Rows of other tables, written before the account's own. */
	write?: (tx: Tx) => Promise<void>;
}

/** What an act came to: a view of the account as it then is, or a refusal, which may have counted something. */
export type Decision<View> =
	| { view: (account: AccountRow) => View | Promise<View>; effects: Effects }
	| { refusal: Refusal; effects?: Effects };

/** Who acts. */
export interface Actor {
	/** As the audit names it. */
	name: string;
	source: string;
	/** Whose `Idempotency-Key` it is: an account's or an agent's. */
	scope: string;
	idempotency?: Idempotency | undefined;
}

/** What became of an act's transaction: its answer, and what to tell the workflow. */
export interface Committed<Answer> {
	answer: Answer | Refusal;
	happened?: Happened;
}

/** These events change what is owed, or when: the workflow must look. The others only stand in the audit. */
const SIGNALED: ReadonlySet<EventName> = new Set<EventName>([
	'registered',
	'temporaryPasswordReissued',
	'emailCorrected',
	'passwordChanged',
	'authenticatorConfirmed',
	'passcodeIssued',
	'phoneVerified',
	'phoneDeferred',
	'messageReported',
	'attackSuspected',
	'accountLocked',
	'accountErased',
]);

/** Runs an act's transaction, then tells the workflow, then answers. */
export async function transact<Answer>(
	api: Api,
	act: (tx: Tx) => Promise<Committed<Answer>>,
): Promise<Answer | Refusal> {
	const { answer, happened } = await api.db.transaction().execute(act);
	if (happened) api.signals.tell(happened);
	return answer;
}

/** Writes what was decided about a locked account, and keeps the answer under the key it was asked with. */
export async function settle<View>(
	api: Api,
	tx: Tx,
	{ account, actor, now }: Settled,
	decision: Decision<View>,
): Promise<Committed<View>> {
	const { effects } = decision;
	if (!effects) return { answer: (decision as { refusal: Refusal }).refusal };
	await effects.write?.(tx);
	const { account: changed, happened } = await write(api, tx, { account, actor, now }, effects);
	const answer = 'view' in decision ? await decision.view(changed) : decision.refusal;
	await keepAnswer(api, tx, actor, account.id, answer, now);
	return { answer, ...(happened && { happened }) };
}

interface Settled {
	account: AccountRow;
	actor: Actor;
	now: Instant;
}

/** Writes the account's own part of an act; one that leaves no event changes nothing and is only counted. */
async function write(
	api: Api,
	tx: Tx,
	{ account: { id: accountId }, actor, now }: Settled,
	{ event, messages = [], changes = {}, signaled: asked = false }: Effects,
): Promise<{ account: AccountRow; happened?: Happened }> {
	if (!event) return { account: await changeAccount(tx, accountId, changes, null) };
	const { name, reason = null } = event;
	const signaled = asked || SIGNALED.has(name);
	const { account, eventId } = await writeAct(tx, accountId, {
		changes,
		wake: signaled ? { by: after(now, WAKE_AFTER_ACT_MS) } : null,
		event: { accountId, name, actor: actor.name, at: now, reason, source: actor.source },
		messages: sealMessages(api.keys, messages, now),
	});
	return signaled ? { account, happened: { accountId, name, eventId } } : { account };
}

/** The answer a repeat gets: the stored one, or a refusal when its key belongs to another request; null when it is new. */
export async function findRepeat(api: Api, db: Db, actor: Actor, now: Instant): Promise<{ answer: unknown } | null> {
	const { idempotency, scope } = actor;
	const stored = idempotency && (await findAnswer(db, scope, idempotency.key, now));
	if (!stored) return null;
	if (api.keys.verify(stored.request, 'answer', idempotency.request)) return { answer: stored.answer };
	const detail = 'This Idempotency-Key was used for another request. Send a new key with a new request.';
	return { answer: refuse('invalid-request', { status: 422, detail }) };
}

/** Keeps an act's answer, without tokens, for 24 hours. */
export async function keepAnswer(
	api: Api,
	tx: Tx,
	{ scope, idempotency }: Actor,
	accountId: string | null,
	answer: unknown,
	now: Instant,
): Promise<void> {
	if (!idempotency) return;
	const request = api.keys.digest('answer', idempotency.request);
	const stored = withoutToken(answer);
	await storeAnswer(tx, { scope, key: idempotency.key, accountId, request, answer: stored }, now);
}

/** An answer without the session token in it; one that bears no session stays as it is. */
function withoutToken(answer: unknown): unknown {
	if (typeof answer !== 'object' || answer === null) return answer;
	if ('assurance' in answer) return { ...answer, token: undefined };
	if (!('session' in answer) || !answer.session) return answer;
	return { ...answer, session: { ...(answer.session as Session), token: undefined } };
}
