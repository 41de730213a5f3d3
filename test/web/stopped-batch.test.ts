import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeAgent } from '../../acts/accounts/agents.js';
import { startBatch } from '../../acts/batches/batches.js';
import { agent, ok, someEmail } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { agentAtWork } from './agent-desk.js';
import { openSite, type Site } from './site.js';

let site: Site;
beforeAll(async () => {
	site = await openSite(pgliteDatabase);
});
afterAll(() => site.close());

test('the page of a stopped batch shows every agent the cause and the people it has not registered', async () => {
	const [gone, here] = [await agentAtWork(site, someEmail()), await agentAtWork(site, someEmail())];
	const list = [{ email: someEmail() }, { email: someEmail() }];
	const { id } = ok(await startBatch(site.api, { ...agent, agent: `agent:${gone.id}` }, { people: list }));
	ok(await removeAgent(site.api, agent, { email: gone.email }));
	const answer = await fetch(new URL(`/agent/batches/${id}`, site.url), {
		headers: { cookie: `session=${here.token}` },
	});
	const page = await answer.text();
	expect(answer.headers.get('refresh')).toBeNull();
	expect(page).toContain('The agent who started this list no longer has access');
	expect(page).toContain('2 not registered');
	for (const { email } of list) expect(page).toContain(email);
});
