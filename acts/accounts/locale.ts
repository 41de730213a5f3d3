import { lockAccount } from '../../database/accounts.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import type { Api } from '../context.js';
import type { Actor, UserCall } from '../door/caller.js';
import { recognizeUser } from '../door/recognize.js';
import { settle, transact } from '../door/settle.js';

/**
 * Keeps the language that a user chose, for pages and messages. Any live session may choose: the choice
 * protects nothing, and users read pages before they give the second factor.
 */
export async function setLocale(
	api: Api,
	call: UserCall,
	{ locale }: { locale: string },
): Promise<{ locale: string } | Refusal> {
	const asker = await recognizeUser(api, call);
	if (isRefusal(asker)) return asker;
	const { session, now } = asker;
	const actor: Actor = { name: 'user', source: call.source, scope: session.accountId };
	return transact<{ locale: string }>(api, async (tx) => {
		const account = await lockAccount(tx, session.accountId);
		if (!account) return { answer: refuse('not-signed-in') };
		const write = { account: { locale, localeChosenAt: now } };
		return settle(api, tx, { account, actor, now }, { answer: { locale }, write });
	});
}
