import { isEmailTaken } from '../../database/accounts.js';
import { forgetAnswers } from '../../database/answers.js';
import { forgetWaitingRows, stopBatches } from '../../database/batches.js';
import type { Tx } from '../../database/connect.js';
import { forgetEvents } from '../../database/events.js';
import { forgetNetworks } from '../../database/known-networks.js';
import { forgetRecipients, type NewMessage, voidMessages } from '../../database/messages.js';
import { erasureNotice, notice } from '../../database/notices.js';
import { forgetPasscodes } from '../../database/passcodes.js';
import { issueTemporaryPassword, registerPerson } from '../../database/registrations.js';
import type { AccountChanges, AccountRow, Role } from '../../database/schema.js';
import { endSessions } from '../../database/sessions.js';
import { normalizeEmail } from '../../domain/email.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { nextStep } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import { agentAct, agentTransaction } from '../door/agent-act.js';
import type { AgentCall } from '../door/caller.js';
import { agentActor } from '../door/recognize.js';
import { type Decision, type Effects, findRepeat, keepAnswer } from '../door/settle.js';
import type { Account } from '../views.js';
import { accountView } from './accounts.js';

export interface Registration {
	email: string;
	name?: string | undefined;
	/** A BCP 47 tag; English when none is given. */
	locale?: string | undefined;
	reason?: string | undefined;
}

/** Adds an account, and queues the mail with its first temporary password. */
export function register(api: Api, call: AgentCall, registration: Registration): Promise<Account | Refusal> {
	return registerAs('user', api, call, registration);
}

/** As `register`, for whom the account belongs to. */
export function registerAs(
	role: Role,
	api: Api,
	call: AgentCall,
	registration: Registration,
): Promise<Account | Refusal> {
	const { reason, ...person } = registration;
	return agentTransaction<Account>(api, call, async (tx, actor) => {
		const now = api.clock.now();
		const registered = await registerPerson(tx, api, { ...person, role }, { ...actor, reason }, now);
		if (!registered) {
			// Whoever waited for the same registration of its own is answered with it.
			const repeat = await findRepeat(api, tx, actor, now);
			return { answer: repeat ? (repeat.answer as Account) : emailTaken() };
		}
		const { account, eventId } = registered;
		const answer = await accountView({ ...api, db: tx }, account, now);
		await keepAnswer(api, tx, actor, account.id, answer, now);
		const expiresAt = account.temporaryPasswordExpiresAt;
		const happened = { accountId: account.id, name: 'registered', eventId, expiresAt } as const;
		return { answer, happened };
	});
}

/** Issues a new temporary password; the old one, the sessions it opened and its unsent mail are dead. */
export function reissueTemporaryPassword(
	api: Api,
	call: AgentCall,
	{ accountId, reason }: { accountId: string; reason?: string | undefined },
	role: Role = 'user',
): Promise<Account | Refusal> {
	return agentAct<Account>(api, call, { accountId, role }, (tx, account, now) => {
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
		return await agentAct<Account>(api, call, { accountId }, (tx, account, now) => {
			const address = normalizeEmail(email);
			const about = { accountId: account.id, template: 'email-corrected', recipient: account.email ?? '' } as const;
			const told = account.email && account.email !== address ? [notice(about, now)] : [];
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
	role: Role = 'user',
): Promise<null | Refusal> {
	return agentAct<null>(api, call, { accountId, role }, (_tx, account, now) => ({
		effects: {
			changes: erased(now),
			event: { name: 'accountErased', reason },
			messages: account.email ? [erasureNotice({ id: account.id, email: account.email }, now)] : [],
			write: async (tx) => {
				await endSessions(tx, account.id);
				await forgetRecipients(tx, account.id, now);
				await forgetPasscodes(tx, account.id);
				await forgetAnswers(tx, account.id);
				await forgetEvents(tx, account.id);
				await forgetNetworks(tx, account.id);
				await forgetWaitingRows(tx, account, now);
				if (role === 'agent') await stopBatches(tx, agentActor(account.id), now);
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

function erased(now: Instant): AccountChanges {
	return {
		erasedAt: now,
		email: null,
		name: null,
		temporaryPasswordDigest: null,
		passwordDigest: null,
		passwordTag: null,
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
