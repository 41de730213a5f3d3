import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../database/connect.js';
import { clearLimits, giveBackToLimits, type Limit, reserveAttempt, takeFromLimits } from '../../database/limits.js';
import { accountPace, DEFAULT_POLICY, networkPace, type Pace } from '../../domain/policy.js';
import { after, DAY_MS, HOUR_MS, type Instant, msUntil } from '../../domain/time.js';
import { DATABASES, raceOn } from '../setup/databases.js';
import { atOnce, openDatabase } from './open-database.js';
import { NOW } from './rows.js';

let made = 0;
/** A counter that no other test counts under. */
function limit(most: number, windowMs = HOUR_MS): Limit {
	made += 1;
	return { key: `limit-${made}`, limit: most, windowMs };
}

describe.each(DATABASES.filter(({ missing }) => !missing))('shared limits, on $name', ({ open, name }) => {
	let db: Db;
	let close: () => Promise<void>;
	beforeAll(async () => {
		({ db, close } = await openDatabase(open));
	});
	afterAll(() => close());

	async function count({ key }: Limit): Promise<number> {
		return (await db.selectFrom('limits').select('count').where('key', '=', key).executeTakeFirst())?.count ?? 0;
	}

	test('S-43 takes from all or from none, and tells when the last full one opens', async () => {
		const [roomy, day, hour] = [limit(5), limit(1, DAY_MS), limit(1)];
		expect(await takeFromLimits(db, [day, hour, roomy], NOW)).toBeNull();
		expect(await takeFromLimits(db, [roomy, hour, day], after(NOW, 1_000))).toBe(after(NOW, DAY_MS));
		expect(await takeFromLimits(db, [hour, roomy], after(NOW, 1_000))).toBe(after(NOW, HOUR_MS));
		expect(await Promise.all([roomy, day, hour].map(count))).toEqual([1, 1, 1]);
	});

	test('S-43 a window opens again at its end, to the millisecond, and starts anew', async () => {
		const one = limit(2);
		for (const at of [NOW, after(NOW, HOUR_MS - 1)]) expect(await takeFromLimits(db, [one], at)).toBeNull();
		expect(await takeFromLimits(db, [one], after(NOW, HOUR_MS - 1))).toBe(after(NOW, HOUR_MS));
		expect(await takeFromLimits(db, [one], after(NOW, HOUR_MS))).toBeNull();
		expect(await takeFromLimits(db, [one], after(NOW, HOUR_MS))).toBeNull();
		expect(await takeFromLimits(db, [one], after(NOW, HOUR_MS))).toBe(after(NOW, 2 * HOUR_MS));
	});

	test('a limit of none lets nothing pass, and takes nothing from the others', async () => {
		const [none, roomy] = [limit(0), limit(5)];
		expect(await takeFromLimits(db, [none, roomy], NOW)).not.toBeNull();
		expect(await count(roomy)).toBe(0);
	});

	test('what is given back can be taken again, and no more than that', async () => {
		const one = limit(1);
		await takeFromLimits(db, [one], NOW);
		await giveBackToLimits(db, [one.key, 'an unknown key']);
		await giveBackToLimits(db, [one.key]);
		expect(await takeFromLimits(db, [one], NOW)).toBeNull();
		expect(await takeFromLimits(db, [one], NOW)).not.toBeNull();
	});

	const slowing = (free: number): Pace => networkPace({ ...DEFAULT_POLICY, passwordFailuresBeforeSlowDown: free });

	test.each([1, 2, 10])('S-31 after %i wrong passwords the wait doubles from 30 s to an hour', async (free) => {
		const [policy, key] = [slowing(free), `password-${free}`];
		let now: Instant = NOW;
		for (let i = 0; i < free; i += 1) expect(await reserveAttempt(db, key, policy, now)).toBeNull();
		const waits: number[] = [];
		for (let i = 0; i < 9; i += 1) {
			const until = (await reserveAttempt(db, key, policy, now)) ?? now;
			waits.push(msUntil(now, until) / 1000);
			expect(await reserveAttempt(db, key, policy, after(until, -1))).toBe(until);
			now = until;
			expect(await reserveAttempt(db, key, policy, now)).toBeNull();
		}
		expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
	});

	test('S-31 a success forgets the failures, and so does a day without any', async () => {
		const policy = slowing(2);
		for (const key of ['cleared', 'rested']) {
			expect(await reserveAttempt(db, key, policy, NOW)).toBeNull();
			expect(await reserveAttempt(db, key, policy, NOW)).toBeNull();
			expect(await reserveAttempt(db, key, policy, NOW)).not.toBeNull();
		}
		await clearLimits(db, ['cleared']);
		expect(await reserveAttempt(db, 'cleared', policy, NOW)).toBeNull();
		const tomorrow = after(NOW, DAY_MS);
		expect(await reserveAttempt(db, 'rested', policy, tomorrow)).toBeNull();
		expect(await reserveAttempt(db, 'rested', policy, tomorrow)).toBeNull();
		expect(await reserveAttempt(db, 'rested', policy, tomorrow)).not.toBeNull();
	});

	test('S-31 a hundred wrong passwords over all networks take more than two weeks, and then no more are compared', async () => {
		let now: Instant = NOW;
		let compared = 0;
		while (compared < 100) {
			const until = await reserveAttempt(db, 'all networks', accountPace(DEFAULT_POLICY), now);
			if (until) now = until;
			else compared += 1;
		}
		expect(msUntil(NOW, now)).toBeGreaterThan(14 * DAY_MS);
		expect(await reserveAttempt(db, 'all networks', accountPace(DEFAULT_POLICY), now)).toBe(after(now, 30 * DAY_MS));
	});

	test('S-31 an attempt that is exempt is counted and not refused', async () => {
		const policy = slowing(2);
		for (let i = 0; i < 5; i += 1) expect(await reserveAttempt(db, 'exempt', policy, NOW, true)).toBeNull();
		expect(await reserveAttempt(db, 'exempt', policy, NOW)).toBe(after(NOW, 240_000));
	});

	raceOn(name, describe)('by many at once', () => {
		test('S-43 a hundred at once take no more than the limits hold, and none takes half', async () => {
			const [small, big] = [limit(7), limit(50)];
			const answers = await atOnce(100, (i) => takeFromLimits(db, i % 2 ? [small, big] : [big, small], NOW));
			expect(answers.filter((opensAt) => opensAt === null).length).toBe(7);
			expect([await count(small), await count(big)]).toEqual([7, 7]);
		});

		test('taking in transactions and giving back never deadlock', async () => {
			const limits = Array.from({ length: 4 }, () => limit(1_000));
			await takeFromLimits(db, limits, NOW);
			const shuffled = (i: number) => [...limits.slice(i % 4), ...limits.slice(0, i % 4)];
			await atOnce(300, (i) =>
				db.transaction().execute(async (tx) => {
					if (i % 2) await takeFromLimits(tx, shuffled(i), NOW);
					else
						await giveBackToLimits(
							tx,
							shuffled(i).map(({ key }) => key),
						);
				}),
			);
		});

		test.each([1, 2, 10])('S-31 of a hundred guesses at once, %i are compared', async (free) => {
			const answers = await atOnce(100, () => reserveAttempt(db, `guessed-${free}`, slowing(free), NOW));
			expect(answers.filter((until) => until === null).length).toBe(free);
		});
	});
});
