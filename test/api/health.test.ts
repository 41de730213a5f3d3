import { afterEach, describe, expect, test } from 'vitest';
import type { Health } from '../../api/routes/health.js';
import { type Door, openDoor } from './door.js';

let door: Door;
afterEach(() => door.stop(0));

const UP: Health = { database: 'up', draining: false, temporal: 'up', delayedEmails: 0, workers: 2 };

async function readiness(health: () => Promise<Health>) {
	door = await openDoor([], { health });
	const response = await door.ask('/readyz');
	return { status: response.status, body: await response.json() };
}

test('alive is said without asking anything', async () => {
	door = await openDoor([], { health: () => Promise.reject(new Error('asked')) });
	const response = await door.ask('/healthz');
	expect([response.status, await response.json()]).toEqual([200, { status: 'alive' }]);
});

describe('ready means that acts can be done', () => {
	test('with a line for each check', async () => {
		expect(await readiness(async () => UP)).toEqual({ status: 200, body: { status: 'ready', checks: UP } });
	});

	test.each([
		[{ temporal: 'down', workers: null }, 200],
		[{ workers: 0 }, 200],
		[{ delayedEmails: 300 }, 200],
		[{ database: 'down' }, 503],
		[{ draining: true }, 503],
		[{ starting: true }, 503],
	] as [Partial<Health>, number][])('%j: %i', async (change, status) => {
		const answer = await readiness(async () => ({ ...UP, ...change }));
		expect(answer.status).toBe(status);
		expect(answer.body).toMatchObject({ status: status === 200 ? 'ready' : 'not-ready', checks: change });
	});

	test('a check that fails is down, and says nothing of why', async () => {
		const { status, body } = await readiness(() => Promise.reject(new Error('postgres://user:secret@db')));
		expect(status).toBe(503);
		expect(JSON.stringify(body)).not.toContain('secret');
	});

	test('a check that hangs is down within three seconds', async () => {
		const begun = Date.now();
		expect((await readiness(() => new Promise(() => {}))).status).toBe(503);
		expect(Date.now() - begun).toBeLessThan(3_000);
	});
});
