import type { AccountChanges } from '../../database/schema.js';
import type { Refusal } from '../../domain/refusal.js';
import type { Api } from '../context.js';
import { agentAct } from '../door/agent-act.js';
import type { AgentCall } from '../door/caller.js';
import { changed } from '../door/settle.js';
import type { Account } from '../views.js';
import { accountView } from './accounts.js';
import { correctEmail } from './registration.js';

export interface Correction {
	accountId: string;
	email?: string | undefined;
	/** Null: the account has no name any more. */
	name?: string | null | undefined;
	/** A BCP 47 tag. */
	locale?: string | undefined;
	reason?: string | undefined;
}

/**
 * Corrects what an agent registered. Name and language protect nothing and may be put right at any time; an e-mail among
 * them makes it one correction of the e-mail, with its conditions. The event does not say what was there before or is now.
 */
export function correctAccount(api: Api, call: AgentCall, correction: Correction): Promise<Account | Refusal> {
	const { accountId, email, name, locale, reason } = correction;
	const person: AccountChanges = { ...(name !== undefined && { name }), ...(locale !== undefined && { locale }) };
	if (email !== undefined) return correctEmail(api, call, { accountId, email, reason, person });
	return agentAct<Account>(api, call, { accountId }, async (tx, account, now) => ({
		answer: await accountView({ ...api, db: tx }, changed(account, person), now),
		write: { account: person, event: { name: 'accountCorrected', reason } },
	}));
}
