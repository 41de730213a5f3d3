import type { BrowserContext } from 'playwright-core';
import { addAgent } from '../../acts/accounts/agents.js';
import { confirmAuthenticator, getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { setPassword } from '../../acts/password/password.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { type Acts, agent, newest, ok, PASSWORD, totp, user } from '../acts/acts.js';

export const AGENT_EMAIL = 'carla@example.com';

/** An agent who is signed in with both factors. */
export async function agentAtWork(
	acts: Acts,
	email = AGENT_EMAIL,
): Promise<{ id: string; email: string; token: string; secret: string }> {
	const account = ok(await addAgent(acts.api, agent, { email, name: 'Carla Reis' }));
	const { temporaryPassword = '' } = await newest(acts, account.id, 'temporary-password');
	const session = ok(await signIn(acts.api, user(undefined), { email, password: temporaryPassword }));
	const changed = ok(await setPassword(acts.api, user(session.token), { password: PASSWORD }));
	const token = changed.session?.token ?? '';
	const { secret } = ok(await getAuthenticator(acts.api, user(token)));
	const confirmed = ok(await confirmAuthenticator(acts.api, user(token), { code: totp(acts, secret) }));
	return { id: account.id, email, token: confirmed.session?.token ?? '', secret };
}

/** Gives a browser the session of a token. */
export async function takeSession(context: BrowserContext, url: string, token: string): Promise<void> {
	await context.addCookies([{ name: 'session', value: token, url, httpOnly: true, sameSite: 'Lax' }]);
}

/** Gives a browser what it would hold after the act before. */
export async function takeFlash(context: BrowserContext, url: string, flash: string, path: string): Promise<void> {
	await context.addCookies([{ name: 'flash', value: `${flash}~${path}`, url, httpOnly: true }]);
}
