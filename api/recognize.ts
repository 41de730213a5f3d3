import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccountRow, SessionRow } from '../database/schema.js';
import { findSession, touchSession } from '../database/sessions.js';
import { type Refusal, refuse } from '../domain/refusal.js';
import type { Instant } from '../domain/time.js';
import type { Api } from './api.js';
import type { UserCall } from './caller.js';

/** A user who only asks: the session is live and its token not rotated out. */
export async function recognizeUser(
	api: Api,
	call: UserCall,
): Promise<{ session: SessionRow; account: AccountRow; now: Instant } | Refusal> {
	const now = api.clock.now();
	const found = call.token ? await findSession(api.db, call.token, now) : null;
	if (!found || found.rotated) return refuse('not-signed-in');
	await touchSession(api.db, found.session, now);
	return { session: found.session, account: found.account, now };
}

/** The agent whose API key this is, compared in constant time with each. */
export function recognizeAgent(api: Pick<Api, 'agentKeys'>, token: string | undefined): { name: string } | Refusal {
	const given = digest(token ?? '');
	const known = api.agentKeys.filter(({ key }) => timingSafeEqual(digest(key), given))[0];
	return known && token ? { name: known.name } : refuse('not-signed-in', { detail: 'An agent’s API key is needed.' });
}

function digest(key: string): Buffer {
	return createHash('sha256').update(key).digest();
}
