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

/** One account in one look: where it stands, why it does not move, and what happened. */
export interface AccountDetails {
	account: Account;
	/** Since when it stands at its step, and when that ends by itself. */
	since: Instant;
	until: Instant | null;
	attempts: Attempts;
	/** Something is locked or slowed down, for an agent to unlock. */
	heldUp: boolean;
	/** One page each, newest first. */
	messages: Page<MessageView>;
	events: Page<DeskEvent>;
}

/** An audit event, with who acted in the desk's own terms. */
export interface DeskEvent extends Omit<EventView, 'actor'> {
	by: Who;
}

/** An agent by an account of their own, whose e-mail is null once erased; else a name of the audit, such as `user`. */
export type Who = { agent: string | null } | { name: string };

/** Which page of the two lists to look at; the first where nothing is said. */
export interface AccountDetailsQuery {
	accountId: string;
	messages?: string | undefined;
	events?: string | undefined;
}

/** What an agent looks through at once. */
const STORY_LENGTH = 20;

export interface Attempts {
	/** Wrong codes in a row, and until when codes or passwords wait. */
	wrongTotpCodes: number;
	wrongPasscodes: number;
	slowedUntil: Instant | null;
	lockedAt: Instant | null;
	/** The newest SMS code; null before the first and once a phone is verified. */
	passcode: { number: number; expiresAt: Instant; attemptsLeft: number } | null;
}

/** All there is to know of a user's account, without any secret. */
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

/** How many users stand at each step, and how many need somebody. */
export function countAccounts(api: Api): Promise<Record<Step | 'attention', number>> {
	return countSteps(api.db, api.clock.now());
}

/** Who has an e-mail: a user's account as it stands, an agent, or nobody. */
export async function findKnown(api: Api, email: string): Promise<Account | 'agent' | null> {
	const row = await findAccountByEmail(api.db, email);
	if (!row) return null;
	return row.role === 'agent' ? 'agent' : accountView(api, row, api.clock.now());
}
