import { randomUUID } from 'node:crypto';
import { insertAccount, isEmailTaken } from '../database/accounts.js';
import { forgetAnswers } from '../database/answers.js';
import type { Tx } from '../database/connect.js';
import { forgetEvents } from '../database/events.js';
import { forgetRecipients, type NewMessage, voidMessages } from '../database/messages.js';
import { forgetPasscodes } from '../database/passcodes.js';
import type { AccountChanges, AccountRow } from '../database/schema.js';
import { endSessions } from '../database/sessions.js';
import { mintTemporaryPassword } from '../domain/credentials/temporary-password.js';
import { normalizeEmail } from '../domain/email.js';
import { NOTICE_GIVE_UP_AFTER_MS } from '../domain/policy.js';
import { type Refusal, refuse } from '../domain/refusal.js';
import { nextStep } from '../domain/step.js';
import { after, type Instant } from '../domain/time.js';
import { accountView } from './accounts.js';
import { type Decision, type Effects, findRepeat, settle } from './act.js';
import { agentAct, agentTransaction } from './agent-act.js';
import type { Api } from './api.js';
import type { AgentCall } from './caller.js';
import type { Account } from './views.js';

export interface Registration {
	email: string;
	name?: string | undefined;
	/** A BCP 47 tag; English when none is given. */
	locale?: string | undefined;
}

/** Adds an account, and queues the mail with its first temporary password. */
export function register(api: Api, call: AgentCall, { email, name, locale = 'en' }: Registration): Promise<Account | Refusal> {
	return agentTransaction<Account>(api, call, async (tx, actor) => {
		const now = api.clock.now();
		const id = randomUUID();
		const { facts, message } = issueTemporaryPassword(api, { id, email: normalizeEmail(email) }, now);
		const person = { email: normalizeEmail(email), name: name ?? null, locale };
		const account = await insertAccount(tx, { id, ...person, ...facts, createdAt: now, createdBy: call.agent });
		if (!account) {
			// Whoever waited for the same registration of its own is answered with it.
			const repeat = await findRepeat(api, tx, actor, now);
			return { answer: repeat ? (repeat.answer as Account) : emailTaken() };
		}
		return settle<Account>(api, tx, { account, actor, now }, {
			effects: { event: { name: 'registered' }, messages: [message] },
			view: (row) => accountView({ ...api, db: tx }, row, now),
		});
	});
}

/** Issues a new temporary password; the old one, the sessions it opened and its unsent mail are dead. */
export function reissueTemporaryPassword(
	api: Api,
	call: AgentCall,
	{ accountId, reason }: { accountId: string; reason?: string | undefined },
): Promise<Account | Refusal> {
	return agentAct<Account>(api, call, accountId, (tx, account, now) => {
		const event = { name: 'temporaryPasswordReissued', reason } as const;
		return reissue(api, tx, { account, address: account.email ?? '', event, now });
	});
}

/** Corrects the e-mail before the password was changed: a reissue to the new address, of which the old one is told. */
export async function correctEmail(
	api: Api,
	call: AgentCall,
	{ accountId, email, reason }: { accountId: string; email: string; reason?: string | undefined },
): Promise<Account | Refusal> {
	try {
		return await agentAct<Account>(api, call, accountId, (tx, account, now) => {
			const address = normalizeEmail(email);
			const told = account.email && account.email !== address ? [correctionNotice(account.id, account.email, now)] : [];
			return reissue(api, tx, { account, address, told, event: { name: 'emailCorrected', reason }, now });
		});
	} catch (error) {
		if (isEmailTaken(error)) return emailTaken();
		throw error;
	}
}

/** Removes the person. What happened stays, without whom it happened to; whatever is in flight finds nobody. */
export function eraseAccount(
	api: Api,
	call: AgentCall,
	{ accountId, reason }: { accountId: string; reason?: string | undefined },
): Promise<null | Refusal> {
	return agentAct<null>(api, call, accountId, (_tx, account, now) => ({
		effects: {
			changes: erased(now),
			event: { name: 'accountErased', reason },
			write: async (tx) => {
				await endSessions(tx, account.id);
				await forgetRecipients(tx, account.id, now);
				await forgetPasscodes(tx, account.id);
				await forgetAnswers(tx, account.id);
				await forgetEvents(tx, account.id);
			},
		},
		view: () => null,
	}));
}

interface Reissue {
	account: AccountRow;
	/** Where the new temporary password goes. */
	address: string;
	/** Messages to others. */
	told?: NewMessage[];
	event: NonNullable<Effects['event']>;
	now: Instant;
}

function reissue(api: Api, tx: Tx, { account, address, told = [], event, now }: Reissue): Decision<Account> {
	if (account.passwordChangedAt) {
		const detail = 'The temporary password was already changed. The user signs in with a password of their own.';
		return { refusal: refuse('already-done', { step: nextStep(account, now), detail }) };
	}
	const { facts, message } = issueTemporaryPassword(api, { id: account.id, email: address }, now);
	return {
		effects: {
			changes: { email: address, ...facts, temporaryPasswordExpiredNotedAt: null, emailFailedAt: null },
			event,
			messages: [...told, message],
			write: async (tx) => {
				await voidMessages(tx, account.id, { template: 'temporary-password' }, now);
				await endSessions(tx, account.id, { openedBy: 'temporary-password' });
			},
		},
		view: (row) => accountView({ ...api, db: tx }, row, now),
	};
}

/** A new temporary password: what the account keeps of it, and the mail that carries it. */
function issueTemporaryPassword(api: Api, { id, email }: { id: string; email: string }, now: Instant) {
	const temporaryPassword = mintTemporaryPassword();
	const temporaryPasswordId = randomUUID();
	const lifetimeMs = api.policy.temporaryPasswordLifetimeMs;
	const expiresAt = after(now, lifetimeMs);
	const facts = {
		temporaryPasswordId,
		temporaryPasswordDigest: api.keys.digest('temporary-password', temporaryPasswordId, temporaryPassword),
		temporaryPasswordLifetimeMs: lifetimeMs,
		temporaryPasswordExpiresAt: expiresAt,
		temporaryPasswordHandedOverAt: null,
	} satisfies AccountChanges;
	const message: NewMessage = {
		accountId: id,
		channel: 'email',
		template: 'temporary-password',
		recipient: email,
		params: { temporaryPassword, expiresAt },
		giveUpAt: expiresAt,
		temporaryPasswordId,
	};
	return { facts, message };
}

function correctionNotice(accountId: string, recipient: string, now: Instant): NewMessage {
	const giveUpAt = after(now, NOTICE_GIVE_UP_AFTER_MS);
	return { accountId, channel: 'email', template: 'email-corrected', recipient, params: {}, giveUpAt };
}

function erased(now: Instant): AccountChanges {
	return {
		erasedAt: now,
		email: null,
		name: null,
		temporaryPasswordDigest: null,
		passwordDigest: null,
		authenticatorSecret: null,
		phoneNumber: null,
		reminderDueAt: null,
		emailFailedAt: null,
		smsFailedAt: null,
	};
}

function emailTaken(): Refusal {
	const detail = 'Another account has this e-mail.';
	return refuse('email-taken', { detail, errors: [{ pointer: '/email', code: 'taken', detail }] });
}
