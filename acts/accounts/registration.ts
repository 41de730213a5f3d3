import { isEmailTaken } from '../../database/accounts.js';
import type { AccountChanges, AccountRow, Role } from '../../database/schema.js';
import { normalizeEmail } from '../../domain/email.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { nextStep } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import { agentAct, agentTransaction } from '../door/agent-act.js';
import type { AgentCall } from '../door/caller.js';
import type { NewMessage } from '../door/messages.js';
import { erasureNotice, notice } from '../door/notices.js';
import { agentActor } from '../door/recognize.js';
import { findRepeat } from '../door/repeat.js';
import { changed, type Outcome, settleNew, type Write } from '../door/settle.js';
import type { Account } from '../views.js';
import { issuedView } from './accounts.js';
import { newAccount } from './new-account.js';
import { issueTemporaryPassword } from './temporary-password.js';

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

/** As `register`, for a user or for an agent. */
export function registerAs(
	role: Role,
	api: Api,
	call: AgentCall,
	registration: Registration,
): Promise<Account | Refusal> {
	const { reason, ...person } = registration;
	return agentTransaction<Account>(api, call, async (tx, actor) => {
		const now = api.clock.now();
		const { account, message } = newAccount(api, { ...person, role }, actor.name, now);
		const answer = issuedView(api, account, now);
		const write = { messages: [message], reason: reason ?? null };
		const settled = await settleNew(api, tx, { account, actor, now }, { answer, write });
		if (settled) return settled;
		// A repeat that waited for the first registration under the same key gets its answer.
		const repeat = await findRepeat(api.keys, tx, actor, now);
		return { answer: repeat ? (repeat.answer as Account) : emailTaken() };
	});
}

/** Issues a new temporary password. Ends the old one, the sessions that it opened and its unsent mail. */
export function reissueTemporaryPassword(
	api: Api,
	call: AgentCall,
	{ accountId, reason }: { accountId: string; reason?: string | undefined },
	role: Role = 'user',
): Promise<Account | Refusal> {
	return agentAct<Account>(api, call, { accountId, role }, (_tx, account, now) => {
		const event = { name: 'temporaryPasswordReissued', reason } as const;
		return reissue(api, { account, address: account.email ?? '', event, now });
	});
}

interface EmailCorrection {
	accountId: string;
	email: string;
	reason?: string | undefined;
	/** The other values to correct. */
	person?: Pick<AccountChanges, 'name' | 'locale'>;
}

/** Corrects the e-mail before the password is changed: a reissue to the new address, and a notice to the old one. */
export async function correctEmail(
	api: Api,
	call: AgentCall,
	{ accountId, email, reason, person }: EmailCorrection,
): Promise<Account | Refusal> {
	try {
		return await agentAct<Account>(api, call, { accountId }, (_tx, account, now) => {
			const address = normalizeEmail(email);
			const about = { accountId: account.id, template: 'email-corrected', recipient: account.email ?? '' } as const;
			const told = account.email && account.email !== address ? [notice(about, now)] : [];
			const event = { name: 'emailCorrected', reason } as const;
			return reissue(api, { account: changed(account, person), address, told, event, now, person });
		});
	} catch (error) {
		if (isEmailTaken(error)) return emailTaken();
		throw error;
	}
}

/** Removes all personal data. The audit keeps the events without it. A delivery in flight finds no recipient. */
export function eraseAccount(
	api: Api,
	call: AgentCall,
	{ accountId, reason }: { accountId: string; reason?: string | undefined },
	role: Role = 'user',
): Promise<null | Refusal> {
	return agentAct<null>(api, call, { accountId, role }, (_tx, { id, email }, now) => ({
		answer: null,
		write: {
			account: erased(now),
			event: { name: 'accountErased', reason },
			messages: email ? [erasureNotice({ id, email }, now)] : [],
			rows: [
				{ forgetPerson: { email } },
				...(role === 'agent' ? [{ stopBatches: { createdBy: agentActor(id) } }] : []),
			],
		},
	}));
}

interface Reissue {
	account: AccountRow;
	/** The address of the new temporary password. */
	address: string;
	/** Messages to others. */
	told?: NewMessage[];
	event: NonNullable<Write['event']>;
	now: Instant;
	person?: EmailCorrection['person'];
}

function reissue(api: Api, { account, address, told = [], event, now, person }: Reissue): Outcome<Account> {
	if (account.passwordChangedAt) {
		const detail = 'The user has already changed the temporary password.';
		return { answer: refuse('already-done', { step: nextStep(account, now), detail }) };
	}
	// Nothing that opens the account leaves while it is frozen: its mailbox may be what another person has.
	if (account.frozenAt)
		return { answer: refuse('wrong-step', { detail: 'The account is frozen. Unfreeze it first.' }) };
	const { changes, message } = issueTemporaryPassword(api, { accountId: account.id, email: address }, now);
	const written = { email: address, ...person, ...changes, emailFailedAt: null };
	return {
		answer: issuedView(api, changed(account, written), now),
		write: {
			account: written,
			event,
			messages: [...told, message],
			rows: [{ voidMessages: 'temporary-password' }, { endSessions: { openedBy: 'temporary-password' } }],
		},
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
