import { beforeEach, describe, expect, test } from 'vitest';
import { confirmed, PASSWORD, registered, someEmail, totp } from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { takeFlash, takeSession } from './agent-desk.js';
import { openDesk } from './at-desk.js';
import { violations } from './axe.js';

const { chromium } = parts;

describe.skipIf(!chromium).each(DATABASES)(
	'the desk of agents alone, for all of them, on $name',
	({ open, missing }) => {
		if (missing) return test.skip('not on this machine', () => {});
		const desk = openDesk(open);
		beforeEach(() => desk.sit());
		const heading = () => desk.page.getByRole('heading', { level: 1 }).innerText();
		const main = () => desk.main();
		const press = (name: string | RegExp) => desk.page.getByRole('button', { name }).click();

		test('an agent signs in on the users’ pages with both factors and reaches the desk', async () => {
			await desk.reader.context.clearCookies();
			await desk.page.goto('/agent');
			expect(new URL(desk.page.url()).pathname).toBe('/log-in');
			await desk.page.getByLabel('Email').fill(desk.carla.email);
			await desk.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
			await press('Continue');
			await desk.page.goto('/agent');
			expect(new URL(desk.page.url()).pathname).toBe('/log-in/code');
			desk.site.clock.pass(30_000);
			await desk.page.getByLabel('Verification code').fill(totp(desk.site, desk.carla.secret));
			await press('Continue');
			await expect.poll(() => desk.page.title()).toMatch(/^(Accounts|Add a fallback)/);
			await desk.page.goto('/agent');
			expect(await heading()).toBe('Accounts');
		});

		test.each(['/agent', '/agent/register', '/agent/batches', '/agent/accounts/00000000-0000-4000-8000-000000000000'])(
			'a user at %s reads that the page is for agents',
			async (path) => {
				const { token } = await confirmed(desk.site);
				await takeSession(desk.reader.context, desk.site.url, token);
				expect((await desk.page.goto(path))?.status()).toBe(403);
				expect(await desk.page.content()).not.toContain('@example.com</bdi></a>');
			},
		);

		test('an API key is no session, and a form from elsewhere does nothing', async () => {
			desk.site.api.agentKeys = [{ name: 'program', key: 'k'.repeat(43) }];
			const ask = (path: string, init: RequestInit) =>
				fetch(`${desk.site.url}${path}`, { redirect: 'manual', ...init });
			expect(
				(await ask('/agent', { headers: { cookie: `session=${'k'.repeat(43)}` } })).headers.get('location'),
			).toContain('/log-in');
			const cookie = `session=${desk.carla.token}`;
			const form = { method: 'POST', body: new URLSearchParams({ act: 'go', email: 'x@example.com', reason: 'x' }) };
			const foreign = await ask('/agent/register', { ...form, headers: { cookie, 'sec-fetch-site': 'cross-site' } });
			expect(foreign.status).toBe(403);
			expect((await ask('/agent/register', form)).headers.get('location')).toBe('/log-in');
			expect(
				await desk.site.db.selectFrom('accounts').select('id').where('email', '=', 'x@example.com').execute(),
			).toEqual([]);
			const long = {
				...form,
				body: new URLSearchParams({ act: 'check', list: 'x'.repeat(4_000_000) }),
				headers: { cookie },
			};
			expect((await ask('/agent/batches', long)).status).toBe(413);
			const junk = {
				method: 'POST',
				body: 'no multipart',
				headers: { cookie, 'content-type': 'multipart/form-data; boundary=x' },
			};
			expect((await ask('/agent/batches', junk)).status).toBe(422);
		});

		test('the list is searched and filtered, and pages are turned', async () => {
			for (let n = 0; n < 31; n += 1) await registered(desk.site, `turn${n}-${someEmail()}`);
			await desk.page.goto('/agent');
			await desk.page.getByLabel('Search by email').fill('TURN');
			await press('Search');
			expect(await desk.page.locator('.people li').count()).toBe(30);
			await desk.page.getByRole('link', { name: 'Next page' }).click();
			expect(await desk.page.locator('.people li').count()).toBe(1);
			await desk.page.getByRole('link', { name: 'First page' }).click();
			await desk.page.getByRole('link', { name: /^Complete/ }).click();
			expect(await heading()).toBe('Accounts');
			expect(await main()).toContain('No accounts found');
			await desk.page.goto('/agent?cursor=nonsense&show=nonsense');
			expect(await heading()).toBe('Accounts');
		});

		test('no page of the desk holds a secret, and axe finds no fault in any', async () => {
			const person = await confirmed(desk.site);
			const { secret, temporaryPassword } = person;
			const fresh = `/agent/accounts/${(await registered(desk.site)).id}`;
			const paths = [
				'/agent',
				'/agent?email=nobody-at-all',
				'/agent/register',
				'/agent/batches',
				`/agent/accounts/${person.id}`,
				fresh,
				`/agent/accounts/${(await registered(desk.site)).id}/temporary-password`,
				`/agent/accounts/${(await registered(desk.site)).id}/email`,
				`/agent/accounts/${person.id}/erasure`,
			];
			for (const colorScheme of ['light', 'dark'] as const) {
				await desk.sit({ colorScheme, viewport: { width: colorScheme === 'dark' ? 320 : 1280, height: 720 } });
				for (const path of paths) {
					if (path === fresh) await takeFlash(desk.reader.context, desk.site.url, 'registered', fresh);
					const answer = await desk.page.goto(path);
					expect(answer?.headers()['cache-control']).toBe('no-store');
					const html = await desk.page.content();
					for (const hidden of [secret, temporaryPassword, person.token]) expect(html).not.toContain(hidden);
					expect(await violations(desk.page), `${path} ${colorScheme}`).toEqual([]);
					const wider = await desk.page.evaluate(
						() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
					);
					expect(wider, `${path} scrolls sideways`).toBe(0);
					expect(html.length).toBeLessThan(60_000);
				}
			}
		});

		test('the keyboard alone gets from the list to a new temporary password', async () => {
			const person = await registered(desk.site, `aaa-${someEmail()}`);
			await desk.page.goto(`/agent?email=${person.email}`);
			const tabTo = async (name: string) => {
				for (let n = 0; n < 40; n += 1) {
					await desk.page.keyboard.press('Tab');
					const focused = await desk.page.evaluate(
						() => document.activeElement?.textContent?.trim() || document.activeElement?.id,
					);
					if (focused === name) return;
				}
				throw new Error(`${name} cannot be reached`);
			};
			await tabTo(person.email);
			await desk.page.keyboard.press('Enter');
			await desk.page.waitForURL(/accounts/);
			await tabTo('Issue a new temporary password');
			await desk.page.keyboard.press('Enter');
			await desk.page.waitForURL(/temporary-password/);
			await tabTo('reason');
			await desk.page.keyboard.type('by keyboard');
			await desk.page.keyboard.press('Enter');
			await desk.page.waitForURL(/accounts\/[0-9a-f-]+$/);
			expect(await desk.page.getByRole('status').innerText()).toContain('on its way');
			expect(await main()).toContain('“by keyboard”');
		});
	},
);
