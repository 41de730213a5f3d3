import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { lockAccount } from '../../database/accounts.js';
import type { Db } from '../../database/connect.js';
import { lookAtFacts } from '../../database/facts.js';
import { claimMessage, markSent, markUnknown } from '../../database/messages.js';
import { claimOverdue, noteWoken } from '../../database/wakes.js';
import { after, DAY_MS, MINUTE_MS, msUntil } from '../../domain/time.js';
import { DATABASES, raceOn } from '../setup/databases.js';
import { atOnce, openDatabase } from './open-database.js';
import { actOn, addAccount, addAct, addMessage, NOW, readAccount } from './rows.js';

const OVERDUE = { wakeBy: after(NOW, -1) };

describe.each(DATABASES.filter(({ missing }) => !missing))('when an account is due, on $name', ({ open, name }) => {
	let db: Db;
	let close: () => Promise<void>;
	beforeAll(async () => {
		({ db, close } = await openDatabase(open));
	});
	afterAll(() => close());

	test('reading facts gives dates, counts and ids, and no personal data', async () => {
		const account = await addAccount(db, { email: 'ana@example.com', name: 'Ana' });
		const id = await addMessage(db, account);
		const facts = await lookAtFacts(db, account.id, NOW);
		expect(facts).toMatchObject({ messageCounts: { queued: 1 }, passcode: null });
		expect(facts?.owed).toEqual([
			{ id, channel: 'email', template: 'temporary-password', giveUpAt: after(NOW, DAY_MS) },
		]);
		expect(JSON.stringify(facts)).not.toMatch(/ana|k1\./i);
		expect(await lookAtFacts(db, '00000000-0000-4000-8000-000000000000', NOW)).toBeNull();
	});

	test('reading facts moves the due time to a minute after what is owed', async () => {
		const account = await addAccount(db, { ...OVERDUE, wakeMisses: 4 });
		await lookAtFacts(db, account.id, NOW);
		const looked = await readAccount(db, account.id);
		expect(looked).toMatchObject({ wakeBy: after(NOW, DAY_MS + MINUTE_MS), wakeMisses: 0, revision: 0 });
		await addMessage(db, account);
		await lookAtFacts(db, account.id, NOW);
		expect((await readAccount(db, account.id)).wakeBy).toBe(after(NOW, MINUTE_MS));
	});

	test('an account that is owed nothing is no longer due', async () => {
		const account = await addAccount(db, { ...OVERDUE, passwordChangedAt: NOW });
		await lookAtFacts(db, account.id, NOW);
		expect((await readAccount(db, account.id)).wakeBy).toBeNull();
	});

	raceOn(name, test)('an act that came between a look’s reading and its writing is looked at again', async () => {
		const account = await addAccount(db, { ...OVERDUE, passwordChangedAt: NOW });
		const soon = after(NOW, 10_000);
		let look: Promise<unknown> = Promise.resolve();
		await db.transaction().execute(async (tx) => {
			await actOn(tx, account.id, { phoneDeferredUntil: NOW }, soon);
			// Reads what stood before the act, then waits for its lock to write.
			look = lookAtFacts(db, account.id, NOW);
			await untilWaiting(db);
		});
		expect(await look).toMatchObject({ phoneDeferredUntil: NOW });
		expect(await readAccount(db, account.id)).toMatchObject({ wakeBy: null, revision: 1, seenRevision: 1 });
	});

	raceOn(name, test)(
		'a delivery that ended between a look’s reading and its writing leaves nothing to look for',
		async () => {
			const account = await addAccount(db, { ...OVERDUE, passwordChangedAt: NOW });
			const id = await addMessage(db, account);
			await lookAtFacts(db, account.id, NOW);
			let [sent, look]: Promise<unknown>[] = [];
			await db.transaction().execute(async (tx) => {
				await lockAccount(tx, account.id);
				sent = markSent(db, id, null, NOW);
				await untilWaiting(db);
				// Reads a message that is owed, then waits in line to write.
				look = lookAtFacts(db, account.id, after(NOW, MINUTE_MS));
				await untilWaiting(db, 2);
			});
			await sent;
			expect(await look).toMatchObject({ owed: [] });
			expect((await readAccount(db, account.id)).wakeBy).toBeNull();
		},
	);

	test('the end of the last delivery moves the next look to what is owed then, or away', async () => {
		const waiting = await addAccount(db);
		const paused = await addAccount(db, { passwordChangedAt: NOW, authenticatorConfirmedAt: NOW });
		const deferred = await addAccount(db, { passwordChangedAt: NOW, reminderDueAt: after(NOW, DAY_MS) });
		for (const account of [waiting, paused, deferred]) {
			const about = { temporaryPasswordId: account.temporaryPasswordId };
			const [mail, other] = [await addMessage(db, account, about), await addMessage(db, account)];
			await lookAtFacts(db, account.id, NOW);
			await markSent(db, mail, null, after(NOW, 5));
			expect((await readAccount(db, account.id)).wakeBy).toBe(after(NOW, 5 + MINUTE_MS));
			await markSent(db, other, null, after(NOW, 9));
		}
		// The lifetime of the temporary password began with the mail.
		expect((await readAccount(db, waiting.id)).wakeBy).toBe(after(NOW, 5 + DAY_MS + MINUTE_MS));
		expect((await readAccount(db, paused.id)).wakeBy).toBeNull();
		expect((await readAccount(db, deferred.id)).wakeBy).toBe(after(NOW, DAY_MS + MINUTE_MS));
	});

	test('so does the end of an SMS of which it is not known whether it left', async () => {
		const account = await addAccount(db, { passwordChangedAt: NOW });
		const id = await addMessage(db, account, { channel: 'sms', template: 'passcode' });
		await lookAtFacts(db, account.id, NOW);
		await claimMessage(db, id, NOW);
		await markUnknown(db, id, NOW);
		expect((await readAccount(db, account.id)).wakeBy).toBeNull();
	});

	test('an act whose signal was not heard keeps its moment, whatever deliveries end meanwhile', async () => {
		const account = await addAccount(db, { passwordChangedAt: NOW });
		const [one, other] = [await addMessage(db, account), await addMessage(db, account)];
		await lookAtFacts(db, account.id, NOW);
		await markSent(db, one, null, NOW);
		const soon = after(NOW, 10_000);
		await addAct(db, account.id, { authenticatorConfirmedAt: NOW }, soon);
		await markSent(db, other, null, NOW);
		expect((await readAccount(db, account.id)).wakeBy).toBe(soon);
		await lookAtFacts(db, account.id, NOW);
		expect((await readAccount(db, account.id)).wakeBy).toBeNull();
	});

	test('the sweep claims the overdue and only them, most overdue first, for ten seconds', async () => {
		await db.updateTable('accounts').set({ wakeBy: null }).execute();
		const ids: string[] = [];
		for (const ms of [-2, -3, -1, 0, 1]) ids.push((await addAccount(db, { wakeBy: after(NOW, ms) })).id);
		const first = await claimOverdue(db, 2, NOW);
		expect(first.map(({ id }) => id).sort()).toEqual([ids[0], ids[1]].sort());
		const rest = await claimOverdue(db, 100, NOW);
		expect(rest.map(({ id }) => id).sort()).toEqual([ids[2], ids[3]].sort());
		expect(await claimOverdue(db, 100, NOW)).toEqual([]);
		expect((await claimOverdue(db, 100, after(NOW, 10_000))).length).toBe(5);
	});

	test('an account that takes the signal and is never read is signaled ever more seldom, down to once an hour', async () => {
		const { id } = await addAccount(db, OVERDUE);
		const waits: number[] = [];
		let now = NOW;
		for (let i = 0; i < 8; i += 1) {
			const claimed = (await claimOverdue(db, 100, now)).find((overdue) => overdue.id === id);
			if (!claimed) throw new Error('not claimed');
			await noteWoken(db, claimed, now);
			const next = (await readAccount(db, id)).wakeBy ?? '';
			waits.push(msUntil(now, next) / MINUTE_MS);
			now = next;
		}
		expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
		await lookAtFacts(db, id, now);
		expect((await readAccount(db, id)).wakeMisses).toBe(0);
	});

	test('a reading of facts, or an act, between the claim and the note wins over the note', async () => {
		const looked = await addAccount(db, { ...OVERDUE, passwordChangedAt: NOW });
		const acted = await addAccount(db, OVERDUE);
		const claimed = await claimOverdue(db, 100, NOW);
		await lookAtFacts(db, looked.id, NOW);
		await addAct(db, acted.id, {}, after(NOW, 11_000));
		for (const overdue of claimed) await noteWoken(db, overdue, after(NOW, 5));
		expect(await readAccount(db, looked.id)).toMatchObject({ wakeBy: null, wakeMisses: 0 });
		expect(await readAccount(db, acted.id)).toMatchObject({ wakeBy: after(NOW, 11_000), wakeMisses: 0 });
	});

	raceOn(name, test)('a sweep does not wait for an account that an act holds', async () => {
		await db.updateTable('accounts').set({ wakeBy: null }).execute();
		const held = await addAccount(db, OVERDUE);
		const free = await addAccount(db, OVERDUE);
		await db.transaction().execute(async (tx) => {
			await lockAccount(tx, held.id);
			expect((await claimOverdue(db, 100, NOW)).map(({ id }) => id)).toEqual([free.id]);
		});
		expect((await claimOverdue(db, 100, NOW)).map(({ id }) => id)).toEqual([held.id]);
	});

	raceOn(name, test)('sweeps at once never claim the same account, and leave none', async () => {
		await db.updateTable('accounts').set({ wakeBy: null }).execute();
		for (let i = 0; i < 200; i += 1) await addAccount(db, OVERDUE);
		const claimed = (await atOnce(10, () => claimOverdue(db, 30, NOW))).flat().map(({ id }) => id);
		expect(new Set(claimed).size).toBe(claimed.length);
		const rest = await claimOverdue(db, 500, NOW);
		expect(claimed.length + rest.length).toBe(200);
	});
});

/** Until so many statements in this database wait for another's lock. */
async function untilWaiting(db: Db, count = 1): Promise<void> {
	await vi.waitFor(async () => {
		const { rows } = await sql`select from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
		expect(rows.length).toBe(count);
	}, 15_000);
}
