import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBatch } from '../../acts/batches/batches.js';
import { MINUTE_MS } from '../../domain/time.js';
import { agent, ok, someEmail } from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { agentAtWork } from './agent-desk.js';
import { openSite, type Site } from './site.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('a session at the desk is idle, on $name', ({ open }) => {
	let site: Site;
	beforeAll(async () => {
		site = await openSite(open);
	});
	afterAll(() => site.close());

	async function atProgress() {
		const { token } = await agentAtWork(site, someEmail());
		const { id } = ok(await startBatch(site.api, agent, { people: [{ email: someEmail() }] }));
		const ask = (path: string) =>
			fetch(new URL(path, site.url), { headers: { cookie: `session=${token}` }, redirect: 'manual' });
		return { path: `/agent/batches/${id}`, ask };
	}
	const reloadUrl = (answer: Response) => /^\d+; url=(\S+)$/.exec(answer.headers.get('refresh') ?? '')?.[1] ?? '';

	test('S-40 after an hour in which the page only reloaded itself', async () => {
		const { path, ask } = await atProgress();
		let next = path;
		const statuses: number[] = [];
		for (let minute = 0; minute < 60; minute += 10) {
			const answer = await ask(next);
			statuses.push(answer.status);
			next = reloadUrl(answer);
			expect(new URL(next, site.url).pathname).toBe(path);
			site.clock.pass(10 * MINUTE_MS);
		}
		expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
		const ended = await ask(next);
		expect([ended.status, ended.headers.get('location')]).toEqual([303, '/log-in']);
	});

	test('S-40 not while the agent opens pages', async () => {
		const { path, ask } = await atProgress();
		for (let minute = 0; minute < 120; minute += 20) {
			expect((await ask(path)).status).toBe(200);
			site.clock.pass(20 * MINUTE_MS);
		}
	});
});
