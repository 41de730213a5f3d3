import { findAccountByEmail, listAgents } from '../../database/accounts.js';
import { normalizeEmail } from '../../domain/email.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import { nextStep } from '../../domain/step.js';
import type { Api } from '../context.js';
import type { AgentCall } from '../door/caller.js';
import type { Account } from '../views.js';
import { eraseAccount, type Registration, registerAs, reissueTemporaryPassword } from './registration.js';

/**
 * Adds an agent: an account that onboards as a user's does, mobile token included. Its two-factor sessions may do what an
 * API key may. A repeat before the temporary password is changed mails another one.
 */
export async function addAgent(api: Api, call: AgentCall, agent: Registration): Promise<Account | Refusal> {
	const added = await registerAs('agent', api, call, agent);
	if (!isRefusal(added) || added.refusal !== 'email-taken') return added;
	const account = await findAccountByEmail(api.db, normalizeEmail(agent.email));
	if (account?.role !== 'agent') return added;
	return reissueTemporaryPassword(api, call, { accountId: account.id, reason: agent.reason }, 'agent');
}

/** Ends an agent's access: erases the account and ends its sessions. The audit keeps what the agent did. */
export async function removeAgent(api: Api, call: AgentCall, { email }: { email: string }): Promise<null | Refusal> {
	const account = await findAccountByEmail(api.db, normalizeEmail(email));
	if (account?.role !== 'agent') return refuse('not-found');
	return eraseAccount(api, call, { accountId: account.id }, 'agent');
}

/**
 * Makes sure that the desk has an agent. Adds one with `email` when there is none, and mails another temporary password to
 * one whose password has expired. Returns the account when a mail is on its way, else null.
 */
export async function ensureFirstAgent(api: Api, email: string): Promise<Account | null> {
	const agents = await listAgents(api.db);
	const now = api.clock.now();
	const stranded = agents.every((agent) => nextStep(agent, now) === 'temporary-password-expired');
	if (!stranded || agents.some((agent) => agent.email !== normalizeEmail(email))) return null;
	const added = await addAgent(api, { agent: 'first-start', source: 'local' }, { email });
	return isRefusal(added) ? null : added;
}
