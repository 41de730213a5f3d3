import { describe, expect, test } from 'vitest';
import { Turns } from '../../acts/door/turns.js';
import { isRefusal } from '../../domain/refusal.js';

const MANY = { atOnce: 100, waiting: 0 };

/** Work that ends when told to, and says how much of it runs. */
function workshop(turns: Turns) {
	const ends: (() => void)[] = [];
	let running = 0;
	let most = 0;
	const work = async () => {
		running += 1;
		most = Math.max(most, running);
		await new Promise<void>((end) => ends.push(end));
		running -= 1;
		return 'done' as const;
	};
	const settle = () => new Promise((resume) => setImmediate(resume));
	return {
		ask: (key = 'one') => turns.take(key, work),
		started: () => ends.length,
		most: () => most,
		settle,
		async endAll() {
			for (let ended = 0; ended < ends.length; ended += 1) {
				ends[ended]?.();
				await settle();
			}
		},
	};
}

describe('turns', () => {
	test('no more than the limit of one key run at once, so many wait in order, and the next is refused at once', async () => {
		const shop = workshop(new Turns({ each: { atOnce: 2, waiting: 3 }, all: MANY }));
		const asked = Array.from({ length: 7 }, () => shop.ask());
		expect(await asked[5]).toMatchObject({ refusal: 'rate-limited', retryAfter: 2 });
		expect(await asked[6]).toMatchObject({ refusal: 'rate-limited' });
		await shop.settle();
		expect(shop.started()).toBe(2);
		await shop.endAll();
		expect(await Promise.all(asked.slice(0, 5))).toEqual(Array(5).fill('done'));
		expect(shop.most()).toBe(2);
	});

	test('a full key takes nothing from another', async () => {
		const shop = workshop(new Turns({ each: { atOnce: 1, waiting: 0 }, all: MANY }));
		const first = shop.ask('one');
		expect(isRefusal(await shop.ask('one'))).toBe(true);
		const other = shop.ask('other');
		await shop.settle();
		expect(shop.started()).toBe(2);
		await shop.endAll();
		expect(await Promise.all([first, other])).toEqual(['done', 'done']);
	});

	test('a full process is unavailable for a moment, whatever the key', async () => {
		const shop = workshop(new Turns({ each: MANY, all: { atOnce: 1, waiting: 1 } }));
		const asked = ['a', 'b', 'c'].map((key) => shop.ask(key));
		expect(await asked[2]).toMatchObject({ refusal: 'unavailable', retryAfter: 2 });
		await shop.endAll();
		expect(await Promise.all(asked.slice(0, 2))).toEqual(['done', 'done']);
		expect(shop.most()).toBe(1);
	});

	test('work that fails refuses what waits under its key, and nothing of another', async () => {
		const turns = new Turns({ each: { atOnce: 1, waiting: 5 }, all: MANY });
		const shop = workshop(turns);
		const failing = turns.take('one', () => Promise.reject(new Error('the database hangs')));
		const waiting = Array.from({ length: 3 }, () => shop.ask('one'));
		const other = shop.ask('other');
		await expect(failing).rejects.toThrow('hangs');
		for (const refused of waiting) expect(await refused).toMatchObject({ refusal: 'unavailable', retryAfter: 2 });
		await shop.settle();
		await shop.endAll();
		expect(await other).toBe('done');
		expect(turns.keys).toBe(0);
	});

	test('work that fails ends its turn', async () => {
		const turns = new Turns({ each: { atOnce: 1, waiting: 0 }, all: { atOnce: 1, waiting: 0 } });
		await expect(turns.take('one', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
		expect(await turns.take('one', async () => 'done')).toBe('done');
	});

	test('keys are forgotten with their last work, also those that were refused', async () => {
		const turns = new Turns({ each: { atOnce: 1, waiting: 1 }, all: { atOnce: 1, waiting: 0 } });
		const shop = workshop(turns);
		const asked = Array.from({ length: 50 }, (_, n) => shop.ask(`key ${n % 10}`));
		await shop.settle();
		await shop.endAll();
		await Promise.all(asked);
		expect(turns.keys).toBe(0);
	});
});
