import { findAnswer, storeAnswer } from '../../database/answers.js';
import type { Db, Tx } from '../../database/connect.js';
import type { KeyRing } from '../../domain/credentials/keys.js';
import { refuse } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import type { Session } from '../views.js';
import type { Actor } from './caller.js';

/** The stored answer of a repeat, or a refusal when the key belongs to another request; null for a new request. */
export async function findRepeat(
	keys: KeyRing,
	db: Db,
	{ idempotency, scope }: Actor,
	now: Instant,
): Promise<{ answer: unknown } | null> {
	const stored = idempotency && (await findAnswer(db, scope, idempotency.key, now));
	if (!stored) return null;
	if (keys.verify(stored.request, 'answer', idempotency.request)) return { answer: stored.answer };
	const detail = 'This Idempotency-Key was used for another request. Send a new key with a new request.';
	return { answer: refuse('invalid-request', { status: 422, detail }) };
}

/** Keeps an act's answer, without tokens, for 24 hours. */
export async function keepAnswer(
	keys: KeyRing,
	tx: Tx,
	{ scope, idempotency }: Actor,
	{ accountId, answer }: { accountId: string | null; answer: unknown },
	now: Instant,
): Promise<void> {
	if (!idempotency) return;
	const request = keys.digest('answer', idempotency.request);
	const stored = withoutToken(answer);
	await storeAnswer(tx, { scope, key: idempotency.key, accountId, request, answer: stored }, now);
}

/** The answer without its session token. An answer without a session stays as it is. */
function withoutToken(answer: unknown): unknown {
	if (typeof answer !== 'object' || answer === null) return answer;
	if ('assurance' in answer) return { ...answer, token: undefined };
	if (!('session' in answer) || !answer.session) return answer;
	return { ...answer, session: { ...(answer.session as Session), token: undefined } };
}
