import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccountRow, SessionRow } from '../../database/schema.js';
import { touchSession } from '../../database/sessions.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import { notPermitted } from './access.js';
import type { UserCall } from './caller.js';
import { findSession } from './session.js';

/** A user who only asks: the session is live and its token not rotated out. What a page asks by itself is no use of it. */
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

/** What `mintSessionToken` makes. Whatever else comes is not looked for. */
const SESSION_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Begins the actor that an agent is by an own account; the account's id follows. Names of API keys hold no colon. */
export const AGENT_PREFIX = 'agent:';

/** As the audit names an agent by an own account. */
export function agentActor(accountId: string): string {
	return `${AGENT_PREFIX}${accountId}`;
}

/**
 * The agent whose API key this is, compared in constant time with each, or whose own two-factor session. Anybody else's
 * session is `not-permitted`.
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
		return refuse('not-signed-in', { detail: 'An agent’s API key or two-factor session is needed.' });
	}
	const { account, session } = asker;
	const permitted = account.role === 'agent' && session.assurance === 'two-factor' && !account.erasedAt;
	return permitted ? { name: agentActor(account.id) } : notPermitted();
}

function digest(key: string): Buffer {
	return createHash('sha256').update(key).digest();
}
