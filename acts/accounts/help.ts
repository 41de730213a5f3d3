import type { RowChange } from '../../database/row-changes.js';
import type { AccountChanges, AccountRow } from '../../database/schema.js';
import type { EventName } from '../../domain/event.js';
import type { Template } from '../../domain/message.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { nextStep } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import { agentAct } from '../door/agent-act.js';
import type { AgentCall } from '../door/caller.js';
import { notice } from '../door/notices.js';
import { changed, type Outcome, type Write } from '../door/settle.js';
import type { Account } from '../views.js';
import { accountView } from './accounts.js';
import { heldUp, passwordLimits } from './locks.js';

/*
 * How agents help a user who is held up, or protect an account that another person may be using. A mail tells the user of
 * each act at once (NIST SP 800-63B-4 4.6, ASVS 6.3.7).
 */

/** The account, and why the agent acts. */
interface Helped {
	accountId: string;
	reason?: string | undefined;
}

const UNLOCKED = {
	authenticatorFailures: 0,
	authenticatorSlowedUntil: null,
	passcodeFailures: 0,
	passcodeSlowedUntil: null,
	lockedAt: null,
	underAttackAt: null,
} satisfies AccountChanges;

/** Clears the failures, waits and locks of every factor, and the attention they raised. */
export function unlockAccount(api: Api, call: AgentCall, { accountId, reason }: Helped): Promise<Account | Refusal> {
	return agentAct<Account>(api, call, { accountId }, async (tx, account, now) => {
		if (!(await heldUp(api, tx, account, now)).any) {
			return { answer: alreadySo(account, now, 'Nothing of this account is locked or slowed down.') };
		}
		return {
			answer: await accountView({ ...api, db: tx }, changed(account, UNLOCKED), now),
			write: {
				account: UNLOCKED,
				rows: [{ clearLimits: passwordLimits(api, account) }],
				...told(account, { event: 'accountUnlocked', template: 'account-unlocked', reason }, now),
			},
		};
	});
}

/** Ends every session. None is opened until the account is unfrozen; what is owed to the user is still sent. */
export function freezeAccount(api: Api, call: AgentCall, { accountId, reason }: Helped): Promise<Account | Refusal> {
	return agentAct<Account>(api, call, { accountId }, async (tx, account, now) => {
		if (account.frozenAt) return { answer: alreadySo(account, now, 'The account is frozen already.') };
		const about = { event: 'accountFrozen', template: 'account-frozen', reason } as const;
		return {
			answer: await accountView({ ...api, db: tx }, { ...account, frozenAt: now }, now),
			write: { account: { frozenAt: now }, rows: EVERY_SESSION, ...told(account, about, now) },
		};
	});
}

/** Lets the user sign in again, with what signed in before. */
export function unfreezeAccount(api: Api, call: AgentCall, { accountId, reason }: Helped): Promise<Account | Refusal> {
	return agentAct<Account>(api, call, { accountId }, async (tx, account, now) => {
		if (!account.frozenAt) return { answer: alreadySo(account, now, 'The account is not frozen.') };
		const about = { event: 'accountUnfrozen', template: 'account-unfrozen', reason } as const;
		return {
			answer: await accountView({ ...api, db: tx }, { ...account, frozenAt: null }, now),
			write: { account: { frozenAt: null }, rows: EVERY_SESSION, ...told(account, about, now) },
		};
	});
}

/** Ends every session; the user may sign in again at once. */
export function endAllSessions(api: Api, call: AgentCall, { accountId, reason }: Helped): Promise<null | Refusal> {
	return agentAct<null>(api, call, { accountId }, (_tx, account, now): Outcome<null> => {
		const about = { event: 'sessionsEnded', template: 'sessions-ended', reason } as const;
		return { answer: null, write: { rows: EVERY_SESSION, ...told(account, about, now) } };
	});
}

const EVERY_SESSION: readonly RowChange[] = [{ endSessions: {} }];

interface Told {
	event: EventName;
	template: Template;
	reason: string | undefined;
}

/** The event of an act, and the mail that tells the user of it. */
function told(
	{ id: accountId, email }: AccountRow,
	{ event: name, template, reason }: Told,
	now: Instant,
): Pick<Write, 'event' | 'messages'> {
	return { event: { name, reason }, messages: [notice({ accountId, template, recipient: email ?? '' }, now)] };
}

function alreadySo(account: AccountRow, now: Instant, detail: string): Refusal {
	return refuse('already-done', { step: nextStep(account, now), detail });
}
