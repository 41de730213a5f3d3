import { sql } from 'kysely';
import { type Facts, wakeBy } from '../domain/facts.js';
import type { MessageState, OwedMessage } from '../domain/message.js';
import { EMAIL_DELAYED_AFTER_MS } from '../domain/policy.js';
import { after, earliest, type Instant } from '../domain/time.js';
import { type Db, toInstant } from './connect.js';
import type { AccountRow } from './schema.js';

type MessageFacts = OwedMessage & { state: MessageState; createdAt: Instant };

interface FactsRow extends AccountRow {
	livePasscode: Facts['passcode'];
	allMessages: MessageFacts[] | null;
}

/** How often a look at most repeats because the account changed between read and write. */
const LOOKS_MAX = 3;

/**
 * Reads an account's facts in one snapshot and moves its `wakeBy` to a minute after the next thing owed. No lock is
 * held, so a look never waits for an act. If an act or the end of a delivery came between, the look reads again, since
 * `wakeBy` must match the facts that it returns. Null when there is no such account.
 */
export async function lookAtFacts(db: Db, accountId: string, now: Instant): Promise<Facts | null> {
	for (let look = 1; ; look += 1) {
		const row = await readFacts(db, accountId);
		if (!row) return null;
		const messages = (row.allMessages ?? []).map(withInstants);
		const owed = messages.filter(({ state }) => state === 'queued' || state === 'sending');
		const facts = factsOf(row, messages, owed, now);
		const next = wakeBy(facts, earliest(...owed.map(({ createdAt }) => createdAt)), now);
		if ((await noteSeen(db, row, next)) || look === LOOKS_MAX) return facts;
	}
}

/** False when the account has changed since it was read. */
async function noteSeen(db: Db, row: AccountRow, next: Instant | null): Promise<boolean> {
	if (next === row.wakeBy && row.wakeMisses === 0 && row.seenRevision === row.revision) return true;
	const { numUpdatedRows } = await db
		.updateTable('accounts')
		.set({ wakeBy: next, wakeMisses: 0, seenRevision: row.revision })
		.where('id', '=', row.id)
		.where('revision', '=', row.revision)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

async function readFacts(db: Db, accountId: string): Promise<FactsRow | undefined> {
	return db
		.selectFrom('accounts as a')
		.selectAll('a')
		.select([
			sql<FactsRow['livePasscode']>`(
				select json_build_object('number', p.number, 'expiresAt', p.expires_at,
					'resendAvailableAt', p.resend_available_at, 'delivery', m.state)
				from passcodes p join messages m on m.id = p.message_id
				where p.account_id = a.id and p.superseded_at is null and p.used_at is null
				order by p.number desc limit 1)`.as('livePasscode'),
			sql<FactsRow['allMessages']>`(
				select json_agg(json_build_object('id', m.id, 'channel', m.channel, 'template', m.template, 'state', m.state,
					'giveUpAt', m.give_up_at, 'createdAt', m.created_at) order by m.created_at, m.id)
				from messages m where m.account_id = a.id)`.as('allMessages'),
		])
		.where('a.id', '=', accountId)
		.executeTakeFirst();
}

function factsOf(row: FactsRow, messages: MessageFacts[], owed: MessageFacts[], now: Instant): Facts {
	const messageCounts: Facts['messageCounts'] = {};
	for (const { state } of messages) messageCounts[state] = (messageCounts[state] ?? 0) + 1;
	return {
		asOf: now,
		erasedAt: row.erasedAt,
		// Nothing depends on these once the password was changed, and null costs a history no bytes.
		createdAt: row.passwordChangedAt ? null : row.createdAt,
		temporaryPasswordExpiresAt: row.passwordChangedAt ? null : row.temporaryPasswordExpiresAt,
		passwordChangedAt: row.passwordChangedAt,
		authenticatorConfirmedAt: row.authenticatorConfirmedAt,
		phoneVerifiedAt: row.phoneVerifiedAt,
		phoneDeferredUntil: row.phoneDeferredUntil,
		emailFailedAt: row.emailFailedAt,
		smsFailedAt: row.smsFailedAt,
		emailDelayedAt: delayedAt(owed, now),
		lockedAt: row.lockedAt,
		underAttackAt: row.underAttackAt,
		frozenAt: row.frozenAt,
		reminderDueAt: row.reminderDueAt,
		passcode: row.livePasscode && {
			...row.livePasscode,
			expiresAt: toInstant(row.livePasscode.expiresAt),
			resendAvailableAt: toInstant(row.livePasscode.resendAvailableAt),
		},
		owed: owed.map(({ id, channel, template, giveUpAt }) => ({ id, channel, template, giveUpAt })),
		messageCounts,
	};
}

/** Null, which costs a history no bytes, until a mail is delayed. */
function delayedAt(owed: MessageFacts[], now: Instant): Instant | null {
	const since = earliest(...owed.filter(({ channel }) => channel === 'email').map(({ createdAt }) => createdAt));
	const at = since && after(since, EMAIL_DELAYED_AFTER_MS);
	return at && at <= now ? at : null;
}

function withInstants(message: MessageFacts): MessageFacts {
	return { ...message, giveUpAt: toInstant(message.giveUpAt), createdAt: toInstant(message.createdAt) };
}
