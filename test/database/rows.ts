import { randomBytes, randomUUID } from 'node:crypto';
import type { Db } from '../../database/connect.js';
import { insertMessages, type NewMessage } from '../../database/messages.js';
import type { AccountRow, NewAccount } from '../../database/schema.js';
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
	await insertMessages(db, keys, [owed], NOW);
	return id;
}

export async function readMessage(db: Db, id: string) {
	return db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}
