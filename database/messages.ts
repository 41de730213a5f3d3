import { sql } from 'kysely';
import type { Channel, MessageReason, MessageState, Template } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import type { Db, Tx } from './connect.js';
import type { MessageRow } from './schema.js';
import { isDelayed } from './steps.js';
import { noteEnded } from './wakes.js';

/** Before these a message has not ended, and its sealed parameters are still there. */
const UNSENT: MessageState[] = ['queued', 'sending'];

/** The messages of an account, newest first. */
export function listMessages(
	db: Db,
	accountId: string,
	{ after, limit }: { after?: { at: Instant; id: string } | undefined; limit: number },
): Promise<MessageRow[]> {
	let query = db.selectFrom('messages').selectAll().where('accountId', '=', accountId);
	if (after) query = query.where(sql<boolean>`(created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
	return query.orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Since when the oldest mail of each account is owed; none for an account that is owed no mail. */
export async function findOldestOwedEmails(db: Db, accountIds: string[]): Promise<Map<string, Instant>> {
	if (accountIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('messages')
		.select(['accountId', ({ fn }) => fn.min('createdAt').as('since')])
		.where('accountId', 'in', accountIds)
		.where('channel', '=', 'email')
		.where('state', '=', 'queued')
		.groupBy('accountId')
		.execute();
	return new Map(rows.map(({ accountId, since }) => [accountId, since]));
}

/** How many mails should have left long ago. */
export async function countDelayedEmails(db: Db, now: Instant): Promise<number> {
	const query = db.selectFrom('messages').select(({ fn }) => fn.countAll<number>().as('count'));
	return (await query.where(isDelayed(now)).executeTakeFirstOrThrow()).count;
}

/** A message with what its words need from the account; null when the row is gone. */
export async function findMessage(db: Db, id: string) {
	const row = await db
		.selectFrom('messages as m')
		.innerJoin('accounts as a', 'a.id', 'm.accountId')
		.selectAll('m')
		.select(['a.locale', 'a.name'])
		.where('m.id', '=', id)
		.executeTakeFirst();
	return row ?? null;
}

/**
 * queued → sending, for a channel that must never send twice. Null when another attempt has the message or it is too
 * late.
 */
export async function claimMessage(db: Db, id: string, now: Instant): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('messages')
		.set({ state: 'sending', changedAt: now })
		.where('id', '=', id)
		.where('state', '=', 'queued')
		.where('giveUpAt', '>', now)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** sending → queued: surely not sent, so the next attempt may. */
export async function releaseMessage(db: Db, id: string, now: Instant): Promise<void> {
	const queued = { state: 'queued', changedAt: now } as const;
	await db.updateTable('messages').set(queued).where('id', '=', id).where('state', '=', 'sending').execute();
}

/** sending → unknown: it may have been sent, so the product does not send it again. */
export async function markUnknown(db: Db, id: string, now: Instant): Promise<void> {
	await db.transaction().execute(async (tx) => {
		await lockAccountOf(tx, id);
		await sql`
			with ended as (
				update messages set state = 'unknown', reason = 'outcome-unknown', params = null, changed_at = ${now}
				where id = ${id} and state = 'sending'
				returning account_id
			)
			update accounts a set ${noteEnded({ messageId: id, expiresAt: sql`a.temporary_password_expires_at` }, now)}
			from ended e where a.id = e.account_id`.execute(tx);
	});
}

/**
 * queued | sending | unknown → sent. The mail of a temporary password starts its 24 hours when it was handed over: once,
 * and only while it is the live one, unused and not expired.
 */
export async function markSent(db: Db, id: string, providerId: string | null, now: Instant): Promise<void> {
	await db.transaction().execute(async (tx) => {
		await lockAccountOf(tx, id);
		await writeSent(tx, id, providerId, now);
	});
}

/**
 * The account is locked by a statement of its own, before the message, as acts do: in one statement with the update it
 * deadlocked with them, if rarely.
 */
async function lockAccountOf(tx: Db, messageId: string): Promise<void> {
	const ofMessage = sql`select account_id from messages where id = ${messageId}`;
	await sql`select id from accounts where id = (${ofMessage}) for no key update`.execute(tx);
}

async function writeSent(tx: Db, id: string, providerId: string | null, now: Instant): Promise<void> {
	const expiresAt = sql`e.expires_at`;
	await sql`
		with sent as (
			update messages set state = 'sent', reason = null, params = null, changed_at = ${now}, provider_id = ${providerId}
			where id = ${id} and state in ('queued', 'sending', 'unknown')
			returning id, account_id, channel, template, temporary_password_id
		), ended as (
			select s.*, p.number, lifetime.starts, case when lifetime.starts
				then ${now}::timestamptz + a.temporary_password_lifetime_ms * interval '1 millisecond'
				else a.temporary_password_expires_at end as expires_at
			from sent s join accounts a on a.id = s.account_id
			cross join lateral (select ${startsLifetime(now)} as starts) lifetime
			left join passcodes p on p.message_id = s.id
		)
		update accounts a set
			email_failed_at = case when ${goesToUser} then null else a.email_failed_at end,
			sms_failed_at = case when e.number = a.passcodes_issued then null else a.sms_failed_at end,
			temporary_password_handed_over_at = case when e.starts then ${now} else a.temporary_password_handed_over_at end,
			temporary_password_expires_at = ${expiresAt},
			${noteEnded({ messageId: id, expiresAt }, now)}
		from ended e where a.id = e.account_id`.execute(tx);
}

/**
 * The notice of a corrected e-mail goes to the address that was wrong: its outcome says nothing of the user's address.
 */
const goesToUser = sql`e.channel = 'email' and e.template <> 'email-corrected'`;

function startsLifetime(now: Instant) {
	return sql`(s.temporary_password_id = a.temporary_password_id and a.temporary_password_handed_over_at is null
		and a.password_changed_at is null and a.temporary_password_expires_at > ${now}::timestamptz)`;
}

/** queued → void, for what an act made pointless. A message in `sending` is left alone. */
export async function voidMessages(
	tx: Tx,
	accountId: string,
	which: { template?: Template },
	now: Instant,
): Promise<void> {
	let query = tx
		.updateTable('messages')
		.set({ state: 'void', reason: 'superseded', changedAt: now, params: null })
		.where('accountId', '=', accountId)
		.where('state', '=', 'queued');
	if (which.template) query = query.where('template', '=', which.template);
	await query.execute();
}

/** Locks a message that has not ended; null when it has, or does not exist. */
export async function lockUnsent(tx: Tx, id: string): Promise<MessageRow | null> {
	const query = tx.selectFrom('messages').selectAll().where('id', '=', id).where('state', 'in', UNSENT);
	return (await query.forUpdate().executeTakeFirst()) ?? null;
}

/** queued | sending → failed, with a reason that its reader can act on. */
export async function markFailed(tx: Tx, id: string, reason: MessageReason, now: Instant): Promise<void> {
	const failed = { state: 'failed', reason, changedAt: now, params: null } as const;
	await tx.updateTable('messages').set(failed).where('id', '=', id).where('state', 'in', UNSENT).execute();
}

/** Ids of the account's queued messages that have to be given up. */
export async function listOverdue(
	db: Db,
	accountId: string,
	now: Instant,
): Promise<{ id: string; channel: Channel }[]> {
	return db
		.selectFrom('messages')
		.select(['id', 'channel'])
		.where('accountId', '=', accountId)
		.where('state', '=', 'queued')
		.where('giveUpAt', '<=', now)
		.execute();
}

/** Removes the person from the account's messages; what was not sent will not be. */
export async function forgetRecipients(tx: Tx, accountId: string, now: Instant): Promise<void> {
	await voidMessages(tx, accountId, {}, now);
	await tx.updateTable('messages').set({ recipient: null, params: null }).where('accountId', '=', accountId).execute();
}
