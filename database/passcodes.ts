import type { MessageState } from '../domain/message.js';
import { after, DAY_MS, type Instant } from '../domain/time.js';
import type { Db } from './connect.js';
import type { PasscodeRow } from './schema.js';

/** A passcode and the state of its SMS. */
export type PasscodeWithDelivery = PasscodeRow & { delivery: MessageState };

/** The account's newest passcode, live or not. */
export async function findNewestPasscode(db: Db, accountId: string): Promise<PasscodeWithDelivery | null> {
	const row = await db
		.selectFrom('passcodes as p')
		.innerJoin('messages as m', 'm.id', 'p.messageId')
		.selectAll('p')
		.select('m.state as delivery')
		.where('p.accountId', '=', accountId)
		.orderBy('p.number', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row ?? null;
}

/** The passcodes that newer ones replaced in the last 24 hours, newest first. */
export function listSuperseded(db: Db, accountId: string, now: Instant): Promise<PasscodeRow[]> {
	return db
		.selectFrom('passcodes')
		.selectAll()
		.where('accountId', '=', accountId)
		.where('supersededAt', '>', after(now, -DAY_MS))
		.orderBy('number', 'desc')
		.execute();
}

/** The passcode an SMS carries. */
export async function findPasscodeOf(db: Db, messageId: string): Promise<PasscodeRow | null> {
	return (await db.selectFrom('passcodes').selectAll().where('messageId', '=', messageId).executeTakeFirst()) ?? null;
}

/** One passcode as the caps see it. */
export type Issue = Pick<PasscodeRow, 'issuedAt' | 'phoneNumber' | 'notSentAt' | 'usedAt'>;

/** The account's passcodes of the last 24 hours, oldest first. */
export function listIssues(db: Db, accountId: string, now: Instant): Promise<Issue[]> {
	return db
		.selectFrom('passcodes')
		.select(['issuedAt', 'phoneNumber', 'notSentAt', 'usedAt'])
		.where('accountId', '=', accountId)
		.where('issuedAt', '>', after(now, -DAY_MS))
		.orderBy('issuedAt')
		.orderBy('number')
		.execute();
}

/** Adds a passcode and ends the ones before it. */
export async function insertPasscode(tx: Db, passcode: PasscodeRow): Promise<void> {
	await tx
		.with('superseded', (db) =>
			db
				.updateTable('passcodes')
				.set({ supersededAt: passcode.issuedAt })
				.where('accountId', '=', passcode.accountId)
				.where('supersededAt', 'is', null),
		)
		.insertInto('passcodes')
		.values(passcode)
		.execute();
}

export type PasscodeChanges = Partial<Pick<PasscodeRow, 'attemptsLeft' | 'usedAt' | 'notSentAt' | 'resendAvailableAt'>>;

export async function changePasscode(tx: Db, id: string, changes: PasscodeChanges): Promise<void> {
	await tx.updateTable('passcodes').set(changes).where('id', '=', id).execute();
}

/** The numbers the newest passcodes of these accounts went to. */
export async function findNewestNumbers(db: Db, accountIds: string[]): Promise<Map<string, string>> {
	if (accountIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('passcodes')
		.distinctOn('accountId')
		.select(['accountId', 'phoneNumber'])
		.where('accountId', 'in', accountIds)
		.orderBy('accountId')
		.orderBy('number', 'desc')
		.execute();
	return new Map(rows.map(({ accountId, phoneNumber }) => [accountId, phoneNumber]));
}

export async function forgetPasscodes(tx: Db, accountId: string): Promise<void> {
	await tx.deleteFrom('passcodes').where('accountId', '=', accountId).execute();
}
