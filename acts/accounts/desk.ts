import { countSteps } from '../../database/account-lists.js';
import { findAccountByEmail, findEmails, findUser } from '../../database/accounts.js';
import { findNewestPasscode } from '../../database/passcodes.js';
import type { AccountRow } from '../../database/schema.js';
import { stepSince } from '../../domain/facts.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import type { Step } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import { accountView, listEvents, listMessages } from './accounts.js';
import type { Api } from '../context.js';
import { attemptsLeft } from '../onboarding/onboarding.js';
import { AGENT_PREFIX } from '../door/recognize.js';
import type { Account, EventView, MessageView } from '../views.js';

/** One account in one look: where it stands, why it does not move, and what happened. */
export interface AccountDetails {
	account: Account;
	/** Since when it stands at its step, and when that ends by itself. */
	since: Instant;
	until: Instant | null;
	attempts: Attempts;
	messages: MessageView[];
	/** Newest first; actors by their e-mail where they are agents by an account of their own. */
	events: EventView[];
}

export interface Attempts {
	/** Wrong codes in a row, and until when that slows the account down. */
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
	{ accountId }: { accountId: string },
): Promise<AccountDetails | Refusal> {
	const row = await findUser(api.db, accountId);
	const [messages, events] = row
		? [await listMessages(api, { accountId }), await listEvents(api, { accountId })]
		: [refuse('not-found'), refuse('not-found')];
	if (!row || isRefusal(messages) || isRefusal(events)) return refuse('not-found');
	const now = api.clock.now();
	return {
		account: await accountView(api, row, now),
		since: stepSince(row, now),
		until: row.passwordChangedAt || row.temporaryPasswordExpiresAt <= now ? null : row.temporaryPasswordExpiresAt,
		attempts: await attemptsOf(api, row, now),
		messages: messages.items,
		events: await withActors(api, events.items.reverse()),
	};
}

async function attemptsOf(api: Api, row: AccountRow, now: Instant): Promise<Attempts> {
	const passcode = row.phoneVerifiedAt ? null : await findNewestPasscode(api.db, row.id);
	const waits = [row.authenticatorSlowedUntil, row.passcodeSlowedUntil].filter((at) => at !== null && at > now);
	return {
		wrongTotpCodes: row.authenticatorFailures,
		wrongPasscodes: row.passcodeFailures,
		slowedUntil: waits.sort().at(-1) ?? null,
		lockedAt: row.lockedAt,
		passcode: passcode && {
			number: passcode.number,
			expiresAt: passcode.expiresAt,
			attemptsLeft: attemptsLeft(passcode, row, api.policy),
		},
	};
}

async function withActors(api: Api, events: EventView[]): Promise<EventView[]> {
	const ids = events.filter(({ actor }) => actor.startsWith(AGENT_PREFIX)).map(({ actor }) => idOf(actor));
	const emails = await findEmails(api.db, [...new Set(ids)]);
	return events.map((event) => ({ ...event, actor: emails.get(idOf(event.actor)) ?? event.actor }));
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
