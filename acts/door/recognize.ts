import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccountRow, SessionRow } from '../../database/schema.js';
import { touchSession } from '../../database/sessions.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import { notPermitted } from './access.js';
import type { UserCall } from './caller.js';
import { findSession } from './session.js';

/** The user of a live session whose token was not rotated out, for questions. A page's own reload does not count as use. */
export async function recognizeUser(
	api: Api,
	call: UserCall,
): Promise<{ session: SessionRow; account: AccountRow; now: Instant } | Refusal> {
	const now = api.clock.now();
	const found = call.token ? await findSession(api.db, api.keys, call.token, now) : null;
	if (!found || found.rotated) return refuse('not-signed-in');
	if (!call.automatic) await touchSession(api.db, found.session, now);
	return { session: found.session, account: found.account, now };
}

/** The shape that `mintSessionToken` makes. The database is not asked for any other text. */
const SESSION_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Prefix of an actor that is an agent's account; the account's id follows. Names of API keys contain no colon. */
export const AGENT_PREFIX = 'agent:';

/** The name in the audit of an agent with an account. */
export function agentActor(accountId: string): string {
	return `${AGENT_PREFIX}${accountId}`;
}

/**
 * The agent of an API key, compared with each key in constant time, or of an agent's two-factor session. Any other live
 * session is `not-permitted`; anything else is `not-signed-in`.
 */
export async function recognizeAgent(
	api: Api,
	token: string | undefined,
	automatic = false,
): Promise<{ name: string } | Refusal> {
	const given = digest(token ?? '');
	const known = api.agentKeys.filter(({ key }) => timingSafeEqual(digest(key), given))[0];
	if (known && token) return { name: known.name };
	const asker = token && SESSION_TOKEN.test(token) ? await recognizeUser(api, { token, source: '', automatic }) : null;
	if (!asker || isRefusal(asker)) {
		return refuse('not-signed-in', {
			detail: 'Send an agent’s API key or the token of an agent’s two-factor session.',
		});
	}
	const { account, session } = asker;
	const permitted = account.role === 'agent' && session.assurance === 'two-factor' && !account.erasedAt;
	return permitted ? { name: agentActor(account.id) } : notPermitted();
}

function digest(key: string): Buffer {
	return createHash('sha256').update(key).digest();
}
