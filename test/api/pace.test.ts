import { setImmediate as iteration } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Pace } from '../../api/http/pace.js';

describe('the pace of the event loop', () => {
	test('no iteration starts more than its share, and the rest starts in order', async () => {
		const pace = new Pace(2);
		const started: string[] = [];
		const perIteration: number[] = [];
		for (const name of ['a', 'b', 'c', 'd', 'e']) void pace.start().then(() => started.push(name));
		await Promise.resolve();
		expect(started).toEqual(['a', 'b']);
		for (let n = 0; n < 10; n += 1) {
			const before = started.length;
			await iteration();
			perIteration.push(started.length - before);
		}
		expect(started).toEqual(['a', 'b', 'c', 'd', 'e']);
		expect(perIteration.slice(0, 3)).toEqual([2, 1, 0]);
	});

	test('work that comes after an idle time starts at once', async () => {
		const pace = new Pace(1);
		await pace.start();
		await iteration();
		await iteration();
		let started = false;
		void pace.start().then(() => {
			started = true;
		});
		await Promise.resolve();
		expect(started).toBe(true);
	});
});
