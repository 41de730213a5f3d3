import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK_FLASHES, USER_FLASHES } from '../../web/words/flashes.js';
import { speechFor } from '../../web/words/speech.js';
import { complete, confirmed, registered } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { agentAtWork } from './agent-desk.js';
import { openSite, type Site } from './site.js';

const speech = speechFor(['en']);
const { flashes } = speech.words;
const deskFlashes = speech.desk.flashes;

describe('a page shows the flash of the act before it, and no other', () => {
	let site: Site;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase);
	});
	afterAll(() => site?.close());

	async function ask(path: string, cookies: Record<string, string>, fields?: Record<string, string>) {
		const Cookie = Object.entries(cookies)
			.map(([name, value]) => `${name}=${value}`)
			.join('; ');
		const init = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {};
		const answer = await fetch(`${site.url}${path}`, { redirect: 'manual', headers: { Cookie }, ...init });
		const left = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('flash='));
		return { answer, html: await answer.text(), left, flash: /^flash=([^;]*)/.exec(left ?? '')?.[1] ?? '' };
	}

	test.each(USER_FLASHES)('no address makes a page of users claim %s', async (name) => {
		const { token: session } = await complete(site);
		for (const path of ['/', '/log-in']) {
			for (const cookies of [{ session }, { session: '' }]) {
				const { html } = await ask(`${path}?notice=${name}&done=${name}`, cookies);
				expect(html).not.toContain(flashes[name]);
			}
		}
	});

	test('no address makes a page of the desk claim anything', async () => {
		const { token: session } = await agentAtWork(site);
		const { id } = await registered(site);
		for (const path of ['/agent', `/agent/accounts/${id}`, `/agent/accounts/${id}/email`]) {
			for (const name of DESK_FLASHES) {
				const { answer, html } = await ask(`${path}?done=${name}&notice=${name}`, { session });
				expect(answer.status).toBe(200);
				expect(html).not.toContain(deskFlashes[name]);
			}
		}
	});

	test('a flash is shown once, on the page after the act', async () => {
		const { token: session } = await confirmed(site);
		const done = await ask('/set-up/phone', { session }, { act: 'later' });
		expect(done.answer.headers.get('location')).toBe('/');
		expect(done.left).toMatch(/HttpOnly; SameSite=Lax$/);
		expect((await ask('/set-up/phone', { session, flash: done.flash })).html).not.toContain(flashes.deferred);
		const shown = await ask('/', { session, flash: done.flash });
		expect(shown.html).toContain(flashes.deferred);
		expect(shown.flash).toBe('');
		expect(shown.left).toContain('Expires=Thu, 01 Jan 1970');
	});

	test('an agent who erases an account reads the flash once, above the list', async () => {
		const { token: session } = await agentAtWork(site, 'eraser@example.com');
		const { id } = await registered(site);
		const done = await ask(`/agent/accounts/${id}/erasure`, { session }, { act: 'go', reason: 'left' });
		expect(done.answer.headers.get('location')).toBe('/agent');
		const shown = await ask('/agent', { session, flash: done.flash });
		expect(shown.html).toContain(deskFlashes.erased);
		expect((await ask('/agent', { session })).html).not.toContain(deskFlashes.erased);
	});

	test('a flash survives a second redirect', async () => {
		const { token: session } = await confirmed(site);
		const led = await ask('/log-in', { session, flash: 'already-done~/log-in' });
		expect(led.answer.status).toBe(303);
		expect(led.flash).toBe(`already-done~${led.answer.headers.get('location')}`);
	});

	test.each(['', '~', 'nonsense~/', 'deferred', 'deferred~/~x', '%00~/'])(
		'a cookie of %j says nothing',
		async (flash) => {
			const { answer, html } = await ask('/', { flash });
			expect(answer.status).toBe(200);
			for (const text of Object.values(flashes)) expect(html).not.toContain(text);
		},
	);

	test('a refused act leaves no flash', async () => {
		const { token: session } = await agentAtWork(site, 'refused@example.com');
		const { id } = await registered(site);
		const refused = await ask(`/agent/accounts/${id}/erasure`, { session }, { act: 'go', reason: '' });
		expect(refused.html).toContain('Enter a reason');
		expect(refused.left).toBeUndefined();
	});

	test.each(['constructor', '__proto__', 'toString'])('%s is no act of any form', async (act) => {
		const { html } = await ask('/log-in', {}, { act });
		expect(html).toContain('We could not read the request');
	});
});
