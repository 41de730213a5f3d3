import { countSteps } from '../../database/account-lists.js';
import { findAccountByEmail, findEmails, findUser } from '../../database/accounts.js';
import { findNewestPasscode } from '../../database/passcodes.js';
import type { AccountRow } from '../../database/schema.js';
import { stepSince } from '../../domain/facts.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import type { Step } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import { AGENT_PREFIX } from '../door/recognize.js';
import { attemptsLeft } from '../onboarding/onboarding.js';
import type { Account, EventView, MessageView } from '../views.js';
import { accountView, listEvents, listMessages } from './accounts.js';
import type { Page } from './cursor.js';
import { heldUp } from './locks.js';

/** One account in full: its current step, its attention, and what happened. */
export interface AccountDetails {
	account: Account;
	/** When the account reached its step, and when the step ends by itself. */
	since: Instant;
	until: Instant | null;
	attempts: Attempts;
	/** Something is locked or slowed down, for an agent to unlock. */
	heldUp: boolean;
	/** One page each, newest first. */
	messages: Page<MessageView>;
	events: Page<DeskEvent>;
}

/** An audit event, with its actor as the desk names it. */
export interface DeskEvent extends Omit<EventView, 'actor'> {
	by: Who;
}

/** The e-mail of an agent's account, null once erased; or another name from the audit, such as `user`. */
export type Who = { agent: string | null } | { name: string };

/** The cursors of the two lists; the first page by default. */
export interface AccountDetailsQuery {
	accountId: string;
	messages?: string | undefined;
	events?: string | undefined;
}

/** Items of a list on one page of the desk. */
const STORY_LENGTH = 20;

export interface Attempts {
	/** Consecutive wrong codes, and the end of the slow-down of codes or passwords. */
	wrongTotpCodes: number;
	wrongPasscodes: number;
	slowedUntil: Instant | null;
	lockedAt: Instant | null;
	/** The newest SMS code; null before the first and once a phone is verified. */
	passcode: { number: number; expiresAt: Instant; attemptsLeft: number } | null;
}

/** The details of a user's account, without any secret. */
export async function getAccountDetails(
	api: Api,
	{ accountId, ...cursors }: AccountDetailsQuery,
): Promise<AccountDetails | Refusal> {
	const row = await findUser(api.db, accountId);
	if (!row) return refuse('not-found');
	const about = { accountId, limit: STORY_LENGTH };
	const messages = await listMessages(api, { ...about, cursor: cursors.messages });
	const events = await listEvents(api, { ...about, order: 'newest', cursor: cursors.events });
	if (isRefusal(messages)) return messages;
	if (isRefusal(events)) return events;
	const now = api.clock.now();
	const held = await heldUp(api, api.db, row, now);
	return {
		account: await accountView(api, row, now),
		since: stepSince(row, now),
		until: row.passwordChangedAt || row.temporaryPasswordExpiresAt <= now ? null : row.temporaryPasswordExpiresAt,
		attempts: await attemptsOf(api, row, held.slowedUntil),
		heldUp: held.any,
		messages,
		events: { ...events, items: await toldByWhom(api, events.items) },
	};
}

async function attemptsOf(api: Api, row: AccountRow, slowedUntil: Instant | null): Promise<Attempts> {
	const passcode = row.phoneVerifiedAt ? null : await findNewestPasscode(api.db, row.id);
	return {
		wrongTotpCodes: row.authenticatorFailures,
		wrongPasscodes: row.passcodeFailures,
		slowedUntil,
		lockedAt: row.lockedAt,
		passcode: passcode && {
			number: passcode.number,
			expiresAt: passcode.expiresAt,
			attemptsLeft: attemptsLeft(passcode, row, api.policy),
		},
	};
}

async function toldByWhom(api: Api, events: EventView[]): Promise<DeskEvent[]> {
	const ids = events.filter(({ actor }) => actor.startsWith(AGENT_PREFIX)).map(({ actor }) => idOf(actor));
	const emails = await findEmails(api.db, [...new Set(ids)]);
	const who = (actor: string): Who =>
		actor.startsWith(AGENT_PREFIX) ? { agent: emails.get(idOf(actor)) ?? null } : { name: actor };
	return events.map(({ actor, ...event }) => ({ ...event, by: who(actor) }));
}

function idOf(actor: string): string {
	return actor.slice(AGENT_PREFIX.length);
}

/** How many users stand at each step, and how many need attention. */
export function countAccounts(api: Api): Promise<Record<Step | 'attention', number>> {
	return countSteps(api.db, api.clock.now());
}

/** The owner of an e-mail: a user's account, an agent, or null. */
export async function findKnown(api: Api, email: string): Promise<Account | 'agent' | null> {
	const row = await findAccountByEmail(api.db, email);
	if (!row) return null;
	return row.role === 'agent' ? 'agent' : accountView(api, row, api.clock.now());
}
