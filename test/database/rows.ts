import { randomBytes, randomUUID } from 'node:crypto';
import { type NewMessage, sealMessages } from '../../acts/door/messages.js';
import { issueSession } from '../../acts/door/session.js';
import { writeAct } from '../../database/acts.js';
import type { Db, Tx } from '../../database/connect.js';
import { writeRows } from '../../database/row-changes.js';
import type { AccountChanges, AccountRow, NewAccount, SessionRow } from '../../database/schema.js';
import { KeyRing } from '../../domain/credentials/keys.js';
import { after, DAY_MS, type Instant } from '../../domain/time.js';

export const NOW: Instant = '2026-11-24T08:00:00.000Z';
export const keys = new KeyRing([{ id: 'k1', key: randomBytes(32) }]);

/** A row as a registration leaves it, but for what the test says. */
export function accountRow(facts: Partial<NewAccount> = {}): NewAccount {
	const id = randomUUID();
	return {
		id,
		email: `${id}@example.com`,
		locale: 'en',
		createdAt: NOW,
		createdBy: 'test',
		temporaryPasswordId: randomUUID(),
		temporaryPasswordDigest: 'k1.x',
		temporaryPasswordLifetimeMs: DAY_MS,
		temporaryPasswordExpiresAt: after(NOW, DAY_MS),
		...facts,
	};
}

export async function addAccount(db: Db, facts: Partial<NewAccount> = {}): Promise<AccountRow> {
	return db.insertInto('accounts').values(accountRow(facts)).returningAll().executeTakeFirstOrThrow();
}

export async function readAccount(db: Db, id: string): Promise<AccountRow> {
	return db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** A queued message: the account's temporary password's unless the test says otherwise. Gives its id. */
export async function addMessage(db: Db, account: AccountRow, message: Partial<NewMessage> = {}): Promise<string> {
	const id = randomUUID();
	const owed: NewMessage = {
		id,
		accountId: account.id,
		channel: 'email',
		template: 'temporary-password',
		recipient: account.email ?? '',
		params: { temporaryPassword: 'abcd' },
		giveUpAt: after(NOW, DAY_MS),
		...message,
	};
	await db
		.insertInto('messages')
		.values(sealMessages(keys, [owed], NOW))
		.execute();
	return id;
}

export async function readMessage(db: Db, id: string) {
	return db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** Opens a session as a sign-in does, and gives its token. */
export async function addSession(
	db: Db,
	ring: KeyRing,
	opened: Pick<SessionRow, 'accountId' | 'assurance' | 'temporaryPasswordId'>,
	now: Instant,
): Promise<string> {
	const { token, change } = issueSession(ring, opened, now);
	const { accountId } = opened;
	await db.transaction().execute((tx) => writeRows(tx, [change], { accountId, now }));
	return token;
}

/** Writes an act with its event, whose signal is to be heard by `wakeBy`. */
export async function actOn(tx: Tx, accountId: string, changes: AccountChanges, wakeBy: Instant | null): Promise<void> {
	const event = { accountId, name: 'phoneDeferred', actor: 'user', at: NOW, reason: null, source: null } as const;
	await writeAct(tx, accountId, { changes, wakeBy, event, messages: [] });
}

/** As `actOn`, in a transaction of its own. */
export async function addAct(
	db: Db,
	accountId: string,
	changes: AccountChanges,
	wakeBy: Instant | null,
): Promise<void> {
	await db.transaction().execute((tx) => actOn(tx, accountId, changes, wakeBy));
}
