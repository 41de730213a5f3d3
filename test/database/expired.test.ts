import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findSession } from '../../acts/door/session.js';
import { storeAnswer } from '../../database/answers.js';
import type { Db } from '../../database/connect.js';
import { insertEvents } from '../../database/events.js';
import { removeExpired } from '../../database/expired.js';
import { takeFromLimits } from '../../database/limits.js';
import { DEFAULT_POLICY } from '../../domain/policy.js';
import { after, DAY_MS, HOUR_MS } from '../../domain/time.js';
import { DATABASES, raceOn } from '../setup/databases.js';
import { atOnce, openDatabase } from './open-database.js';
import { addAccount, addSession, keys, NOW } from './rows.js';

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'the removal of expired rows, on $name',
	({ open, name }) => {
		let db: Db;
		let close: () => Promise<void>;
		beforeAll(async () => {
			({ db, close } = await openDatabase(open));
		});
		afterAll(() => close());

		test('each row is removed at its end and not a millisecond sooner, answers that name people first', async () => {
			const { id: accountId } = await addAccount(db);
			await storeAnswer(
				db,
				{ scope: 's', key: 'k', accountId, request: 'r', answer: { email: 'ana@example.com' } },
				NOW,
			);
			const opened = { accountId, assurance: 'password', temporaryPasswordId: null } as const;
			const token = await addSession(db, keys, opened, NOW);
			await takeFromLimits(db, [{ key: 'l', limit: 1, windowMs: DAY_MS }], NOW);
			expect(await removeExpired(db, DEFAULT_POLICY, after(NOW, DAY_MS - 1))).toBe(0);
			expect(await findSession(db, keys, token, after(NOW, HOUR_MS - 1))).not.toBeNull();
			expect(await removeExpired(db, DEFAULT_POLICY, after(NOW, DAY_MS))).toBe(3);
			expect(await db.selectFrom('sessionTokens').selectAll().execute()).toEqual([]);
		});

		test('events keep their network for the retention, those of unknown e-mails stay no longer than it', async () => {
			const { id: accountId } = await addAccount(db);
			const event = { name: 'signInRefused', actor: 'user', reason: 'wrong-password', source: '203.0.113.5' } as const;
			await insertEvents(db, [
				{ ...event, accountId, at: NOW },
				{ ...event, accountId: null, at: NOW },
				{ ...event, accountId: null, at: after(NOW, 1) },
			]);
			const left = () => db.selectFrom('events').select(['accountId', 'name', 'source']).orderBy('id').execute();
			const policy = { eventRetentionMs: 3 * DAY_MS };
			await removeExpired(db, policy, after(NOW, 3 * DAY_MS - 1));
			expect(await left()).toHaveLength(3);
			await removeExpired(db, policy, after(NOW, 3 * DAY_MS));
			expect(await left()).toEqual([
				{ accountId, name: 'signInRefused', source: null },
				{ accountId: null, name: 'signInRefused', source: '203.0.113.5' },
			]);
			await removeExpired(db, policy, after(NOW, 3 * DAY_MS + 1));
			expect(await left()).toHaveLength(1);
		});

		raceOn(name, test)('is removed by many at once, beside concurrent counts, without a deadlock', async () => {
			const limits = Array.from({ length: 200 }, (_, i) => ({ key: `k${i}`, limit: 1_000, windowMs: HOUR_MS }));
			await takeFromLimits(db, limits, NOW);
			const later = after(NOW, HOUR_MS);
			const removed = await atOnce(30, async (i) => {
				if (i % 2) return removeExpired(db, DEFAULT_POLICY, later);
				await takeFromLimits(db, limits.slice(i, i + 50).reverse(), later);
				return 0;
			});
			expect(removed.reduce((sum, rows) => sum + rows, 0)).toBeGreaterThan(0);
		});
	},
);
