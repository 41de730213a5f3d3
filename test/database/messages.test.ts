import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOfMessage } from '../../acts/door/messages.js';
import { changeAccount, lockAccount } from '../../database/accounts.js';
import type { Db } from '../../database/connect.js';
import * as messages from '../../database/messages.js';
import { MESSAGE_STATES, type MessageState } from '../../domain/message.js';
import { after, DAY_MS, HOUR_MS, type Instant } from '../../domain/time.js';
import { DATABASES, raceOn } from '../setup/databases.js';
import { atOnce, openDatabase } from './open-database.js';
import { addAccount, addMessage, keys, NOW, readAccount, readMessage } from './rows.js';

const LATER = after(NOW, HOUR_MS);

/** Every statement that moves a message, and the states it may move one out of. */
const MOVES: [name: string, from: MessageState[], to: MessageState, move: (db: Db, id: string) => Promise<unknown>][] =
	[
		['claimMessage', ['queued'], 'sending', (db, id) => messages.claimMessage(db, id, LATER)],
		['releaseMessage', ['sending'], 'queued', (db, id) => messages.releaseMessage(db, id, LATER)],
		['markUnknown', ['sending'], 'unknown', (db, id) => messages.markUnknown(db, id, LATER)],
		['markSent', ['queued', 'sending', 'unknown'], 'sent', (db, id) => messages.markSent(db, id, 'SM1', LATER)],
		[
			'markFailed',
			['queued', 'sending'],
			'failed',
			(db, id) => messages.markFailed(db as never, id, 'address-refused', LATER),
		],
		[
			'voidMessages',
			['queued'],
			'void',
			async (db, id) => {
				const { accountId } = await readMessage(db, id);
				await messages.voidMessages(db as never, accountId, {}, LATER);
			},
		],
	];

describe.each(DATABASES.filter(({ missing }) => !missing))('messages, on $name', ({ open, name }) => {
	let db: Db;
	let close: () => Promise<void>;
	beforeAll(async () => {
		({ db, close } = await openDatabase(open));
	});
	afterAll(() => close());

	test.each(MOVES)(
		'%s moves a message out of %j alone, and whatever ends it wipes its secret',
		async (_name, from, to, move) => {
			for (const state of MESSAGE_STATES) {
				const id = await addMessage(db, await addAccount(db));
				await db.updateTable('messages').set({ state }).where('id', '=', id).execute();
				const before = await readMessage(db, id);
				await move(db, id);
				const moved = await readMessage(db, id);
				if (!from.includes(state)) {
					expect(moved, state).toEqual(before);
					continue;
				}
				expect(moved, state).toMatchObject({ state: to, changedAt: LATER });
				expect(moved.params === null, state).toBe(to !== 'sending' && to !== 'queued');
			}
		},
	);

	test('no SMS is claimed once it is given up, and none twice', async () => {
		const account = await addAccount(db);
		const late = await addMessage(db, account, { channel: 'sms', giveUpAt: LATER });
		expect(await messages.claimMessage(db, late, LATER)).toBe(false);
		expect(await messages.claimMessage(db, late, after(LATER, -1))).toBe(true);
		expect(await messages.claimMessage(db, late, after(LATER, -1))).toBe(false);
	});

	describe('the mail of a temporary password', () => {
		/** An account whose mail was handed over at `at`. */
		async function handedOver(at: Instant, facts: Parameters<typeof addAccount>[1] = {}, other = {}) {
			const account = await addAccount(db, facts);
			const id = await addMessage(db, account, { temporaryPasswordId: account.temporaryPasswordId, ...other });
			await messages.markSent(db, id, null, at);
			return { account, id, sent: await readAccount(db, account.id) };
		}

		test('starts the 24 hours when it is handed over, by its own lifetime', async () => {
			const { sent } = await handedOver(LATER, { temporaryPasswordLifetimeMs: 2 * HOUR_MS });
			expect(sent).toMatchObject({
				temporaryPasswordHandedOverAt: LATER,
				temporaryPasswordExpiresAt: after(LATER, 2 * HOUR_MS),
				revision: 1,
			});
		});

		test('starts them once, whatever comes again', async () => {
			const { account, id } = await handedOver(LATER);
			await db.updateTable('messages').set({ state: 'queued' }).where('id', '=', id).execute();
			await messages.markSent(db, id, null, after(LATER, HOUR_MS));
			expect(await readAccount(db, account.id)).toMatchObject({ temporaryPasswordExpiresAt: after(LATER, DAY_MS) });
		});

		test.each([
			['used', { passwordChangedAt: NOW }, {}],
			['expired, to the millisecond', { temporaryPasswordExpiresAt: LATER }, {}],
			['replaced', {}, { temporaryPasswordId: randomUUID() }],
			['none at all', {}, { temporaryPasswordId: null }],
		])('starts nothing when the password is %s', async (_what, facts, message) => {
			const { account, sent, id } = await handedOver(LATER, facts, message);
			expect(sent.temporaryPasswordExpiresAt).toBe(account.temporaryPasswordExpiresAt);
			expect(sent.temporaryPasswordHandedOverAt).toBeNull();
			expect((await readMessage(db, id)).state).toBe('sent');
		});

		test('a late record does not change a void mail', async () => {
			const account = await addAccount(db);
			const id = await addMessage(db, account, { temporaryPasswordId: account.temporaryPasswordId });
			await db.transaction().execute((tx) => messages.voidMessages(tx, account.id, {}, NOW));
			await messages.markSent(db, id, null, LATER);
			expect((await readMessage(db, id)).state).toBe('void');
			expect((await readAccount(db, account.id)).temporaryPasswordHandedOverAt).toBeNull();
		});
	});

	test('a mail handed over clears the failure of the one before; the notice to the old address does not', async () => {
		const account = await addAccount(db, { emailFailedAt: NOW });
		const notice = await addMessage(db, account, { template: 'email-corrected' });
		await messages.markSent(db, notice, null, LATER);
		expect((await readAccount(db, account.id)).emailFailedAt).toBe(NOW);
		await messages.markSent(db, await addMessage(db, account), null, LATER);
		expect((await readAccount(db, account.id)).emailFailedAt).toBeNull();
	});

	test('S-18c S-28 sealed parameters open in their own row alone', async () => {
		const account = await addAccount(db);
		const [one, other] = [await addMessage(db, account), await addMessage(db, account)];
		const { params } = await readMessage(db, one);
		expect(params).not.toContain('abcd');
		expect(JSON.parse(keys.open('message', placeOfMessage(await readMessage(db, one)), params ?? ''))).toEqual({
			temporaryPassword: 'abcd',
			recipient: expect.any(String),
		});
		const place = placeOfMessage(await readMessage(db, other));
		expect(() => keys.open('message', place, params ?? '')).toThrow();
	});

	raceOn(name, test)('handing over and reissuing at once never wait for each other in a circle', async () => {
		const account = await addAccount(db);
		await atOnce(200, async (i) => {
			if (i % 2) {
				const id = await addMessage(db, account, { temporaryPasswordId: account.temporaryPasswordId });
				await messages.markSent(db, id, null, after(NOW, i));
				return;
			}
			await db.transaction().execute(async (tx) => {
				await lockAccount(tx, account.id);
				await messages.voidMessages(tx, account.id, { template: 'temporary-password' }, NOW);
				await changeAccount(tx, account.id, { temporaryPasswordId: account.temporaryPasswordId });
			});
		});
		const { temporaryPasswordHandedOverAt: at, temporaryPasswordExpiresAt: until } = await readAccount(db, account.id);
		expect(at && after(at, DAY_MS)).toBe(at ? until : null);
	});
});
