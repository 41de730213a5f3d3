import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealMessages } from '../../acts/door/messages.js';
import type { Db } from '../../database/connect.js';
import { wakeByOf } from '../../database/wakes.js';
import { type Facts, wakeBy } from '../../domain/facts.js';
import { after, earliest, HOUR_MS, type Instant, MINUTE_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import { openDatabase } from './open-database.js';
import { accountRow, keys, NOW } from './rows.js';

const moment = fc.constantFrom(...[-1e9, -1, 0, 1, 1e9].map((ms) => after(NOW, ms)));
/** As long as messages wait: before, at and after the minute from which on they are looked for less often. */
const queued = fc.constantFrom(
	...[0, 1, MINUTE_MS - 1, MINUTE_MS, MINUTE_MS + 1, 5 * HOUR_MS].map((ms) => after(NOW, -ms)),
);

const someAccount = fc.record({
	temporaryPasswordExpiresAt: moment,
	passwordChangedAt: fc.option(moment),
	reminderDueAt: fc.option(moment),
	erasedAt: fc.option(moment),
	/** Since when each of its messages is owed. The first has just ended. */
	owed: fc.array(queued, { minLength: 1, maxLength: 3 }),
});

const REST = {
	createdAt: NOW,
	authenticatorConfirmedAt: null,
	phoneVerifiedAt: null,
	phoneDeferredUntil: null,
	emailFailedAt: null,
	smsFailedAt: null,
	lockedAt: null,
	passcode: null,
	owed: [],
	messageCounts: {},
} satisfies Partial<Facts>;

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'when an account is looked at next, on $name',
	({ open }) => {
		let db: Db;
		let close: () => Promise<void>;
		beforeAll(async () => {
			({ db, close } = await openDatabase(open));
		});
		afterAll(() => close());

		test('the end of a delivery says what a look would say', async () => {
			const all = fc.sample(someAccount, 1_500).map((facts) => ({ facts, row: rowOf(facts), endedId: randomUUID() }));
			for (let i = 0; i < all.length; i += 300) {
				const some = all.slice(i, i + 300);
				await db
					.insertInto('accounts')
					.values(some.map(({ row }) => row))
					.execute();
			}
			for (const { facts, row, endedId } of all) {
				for (const [n, since] of facts.owed.entries()) await addOwed(n === 0 ? endedId : randomUUID(), row.id, since);
				const { rows } = await sql<{ next: Instant | null }>`
				select ${wakeByOf({ messageId: endedId, expiresAt: sql`a.temporary_password_expires_at` }, NOW)} as next
				from accounts a where id = ${row.id}`.execute(db);
				const expected = wakeBy({ ...REST, ...facts, owed: [] }, earliest(...facts.owed.slice(1)), NOW);
				expect(rows[0]?.next, JSON.stringify(facts)).toBe(expected);
			}
		});

		async function addOwed(id: string, accountId: string, createdAt: Instant): Promise<void> {
			const about = { id, accountId, channel: 'email', template: 'phone-reminder', recipient: 'a@b.example' } as const;
			const rows = sealMessages(keys, [{ ...about, params: {}, giveUpAt: after(NOW, HOUR_MS) }], createdAt);
			await db.insertInto('messages').values(rows).execute();
		}
	},
);

function rowOf({ owed: _, ...facts }: typeof someAccount extends fc.Arbitrary<infer Some> ? Some : never) {
	return accountRow(facts);
}
