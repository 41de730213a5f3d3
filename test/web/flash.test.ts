import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmed, registered } from '../api/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { agentAtWork } from './agent-desk.js';
import { openSite, type Site } from './site.js';

const ERASED = 'The person is erased';
const LOGGED_OUT = 'You are logged out.';

/** A browser without a screen: keeps its cookies and follows no redirect. */
class Visitor {
	private readonly cookies = new Map<string, string>();

	constructor(
		private readonly url: string,
		session?: string,
	) {
		if (session) this.cookies.set('session', session);
	}

	async ask(path: string, fields?: Record<string, string>): Promise<{ to: string | null; text: string }> {
		const Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const form = fields && { method: 'POST', body: new URLSearchParams(fields) };
		const answer = await fetch(`${this.url}${path}`, { redirect: 'manual', headers: { Cookie }, ...form });
		for (const cookie of answer.headers.getSetCookie()) this.keep(cookie);
		return { to: answer.headers.get('location'), text: await answer.text() };
	}

	private keep(cookie: string): void {
		const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
		if (value) this.cookies.set(name, value);
		else this.cookies.delete(name);
	}
}

describe('what a page says about the act before', () => {
	let site: Site;
	let carla: Awaited<ReturnType<typeof agentAtWork>>;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase);
		carla = await agentAtWork(site);
	});
	afterAll(() => site?.close());

	test.each(['done', 'notice', 'flash'])('an address with ?%s= claims nothing, whoever typed it', async (name) => {
		const agent = new Visitor(site.url, carla.token);
		const person = await registered(site);
		expect((await agent.ask(`/agent?${name}=erased`)).text).not.toContain(ERASED);
		const account = await agent.ask(`/agent/accounts/${person.id}?${name}=reissued`);
		expect(account.text).not.toContain('A new temporary password is on its way');
		const visitor = new Visitor(site.url);
		expect((await visitor.ask(`/?${name}=logged-out`)).text).not.toContain(LOGGED_OUT);
	});

	test('an act is told on the page it leads to, also after a reload, and on no other page', async () => {
		const agent = new Visitor(site.url, carla.token);
		const person = await registered(site);
		const erasure = `/agent/accounts/${person.id}/erasure`;
		const { to } = await agent.ask(erasure, { act: 'go', reason: 'asked us to' });
		expect(to).toBe('/agent');
		expect((await agent.ask('/agent')).text).toContain(ERASED);
		expect((await agent.ask('/agent')).text).toContain(ERASED);
		expect((await agent.ask('/agent/register')).text).not.toContain(ERASED);
		expect((await agent.ask('/agent')).text).not.toContain(ERASED);
	});

	test('an act that was refused is told nowhere', async () => {
		const agent = new Visitor(site.url, carla.token);
		const person = await registered(site);
		const { text } = await agent.ask(`/agent/accounts/${person.id}/erasure`, { act: 'go', reason: '' });
		expect(text).toContain('Say why');
		expect((await agent.ask('/agent')).text).not.toContain(ERASED);
	});

	test('a page that leads on hands over what it had to say', async () => {
		const { token } = await confirmed(site);
		const user = new Visitor(site.url, token);
		expect((await user.ask('/log-out', { act: 'log-out' })).to).toBe('/');
		expect((await user.ask('/')).text).toContain(LOGGED_OUT);
		const other = new Visitor(site.url, token);
		expect((await other.ask('/set-up/phone')).to).toBe('/log-in');
		expect((await other.ask('/log-in')).text).toContain('Your session has ended');
	});

	test.each(['constructor', '__proto__', 'toString'])('%s is no act of any form', async (act) => {
		const agent = new Visitor(site.url, carla.token);
		const { text } = await agent.ask('/agent/register', { act });
		expect(text).toContain('We could not read what was sent');
	});
});
