import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { confirmed, PASSWORD, registered, someEmail, totp } from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { agentAtWork, takeFlash, takeSession } from './agent-desk.js';
import { violations } from './axe.js';
import { launch, openReader, type Reader } from './browser.js';
import { openSite, type Site } from './site.js';

const { chromium } = parts;

describe.skipIf(!chromium).each(DATABASES)(
	'the desk of agents alone, for all of them, on $name',
	({ open, missing }) => {
		if (missing) return test.skip('not on this machine', () => {});
		let site: Site;
		let browser: Browser;
		let carla: Awaited<ReturnType<typeof agentAtWork>>;
		let reader: Reader;
		let page: Page;
		beforeAll(async () => {
			site = await openSite(open);
			browser = await launch(chromium ?? '');
			carla = await agentAtWork(site);
		});
		afterAll(async () => {
			await browser?.close();
			await site?.close();
		});
		beforeEach(async () => {
			await sitAtDesk();
		});
		afterEach(async () => {
			expect(reader.complaints).toEqual([]);
			await reader.close();
		});

		async function sitAtDesk(options: Parameters<typeof openReader>[2] = {}): Promise<void> {
			await reader?.close();
			reader = await openReader(browser, site.url, options);
			page = reader.page;
			await takeSession(reader.context, site.url, carla.token);
		}
		const heading = () => page.getByRole('heading', { level: 1 }).innerText();
		const main = () => page.getByRole('main').innerText();
		const press = (name: string | RegExp) => page.getByRole('button', { name }).click();

		test('an agent signs in on the users’ pages with both factors and reaches the desk', async () => {
			await reader.context.clearCookies();
			await page.goto('/agent');
			expect(new URL(page.url()).pathname).toBe('/log-in');
			await page.getByLabel('Email').fill(carla.email);
			await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
			await press('Continue');
			await page.goto('/agent');
			expect(new URL(page.url()).pathname).toBe('/log-in/code');
			site.clock.pass(30_000);
			await page.getByLabel('Verification code').fill(totp(site, carla.secret));
			await press('Continue');
			await expect.poll(() => page.title()).toMatch(/^(Accounts|Add a fallback)/);
			await page.goto('/agent');
			expect(await heading()).toBe('Accounts');
		});

		test.each(['/agent', '/agent/register', '/agent/batches', '/agent/accounts/00000000-0000-4000-8000-000000000000'])(
			'a user at %s reads that the page is for agents',
			async (path) => {
				const { token } = await confirmed(site);
				await takeSession(reader.context, site.url, token);
				expect((await page.goto(path))?.status()).toBe(403);
				expect(await page.content()).not.toContain('@example.com</bdi></a>');
			},
		);

		test('an API key is no session, and a form from elsewhere does nothing', async () => {
			site.api.agentKeys = [{ name: 'program', key: 'k'.repeat(43) }];
			const ask = (path: string, init: RequestInit) => fetch(`${site.url}${path}`, { redirect: 'manual', ...init });
			expect(
				(await ask('/agent', { headers: { cookie: `session=${'k'.repeat(43)}` } })).headers.get('location'),
			).toContain('/log-in');
			const cookie = `session=${carla.token}`;
			const form = { method: 'POST', body: new URLSearchParams({ act: 'go', email: 'x@example.com', reason: 'x' }) };
			const foreign = await ask('/agent/register', { ...form, headers: { cookie, 'sec-fetch-site': 'cross-site' } });
			expect(foreign.status).toBe(403);
			expect((await ask('/agent/register', form)).headers.get('location')).toBe('/log-in');
			expect(await site.db.selectFrom('accounts').select('id').where('email', '=', 'x@example.com').execute()).toEqual(
				[],
			);
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
			for (let n = 0; n < 31; n += 1) await registered(site, `turn${n}-${someEmail()}`);
			await page.goto('/agent');
			await page.getByLabel('Search by email').fill('TURN');
			await press('Search');
			expect(await page.locator('.people li').count()).toBe(30);
			await page.getByRole('link', { name: 'Next page' }).click();
			expect(await page.locator('.people li').count()).toBe(1);
			await page.getByRole('link', { name: 'First page' }).click();
			await page.getByRole('link', { name: /^Complete/ }).click();
			expect(await heading()).toBe('Accounts');
			expect(await main()).toContain('No accounts found');
			await page.goto('/agent?cursor=nonsense&show=nonsense');
			expect(await heading()).toBe('Accounts');
		});

		test('no page of the desk holds a secret, and axe finds no fault in any', async () => {
			const person = await confirmed(site);
			const { secret, temporaryPassword } = person;
			const fresh = `/agent/accounts/${(await registered(site)).id}`;
			const paths = [
				'/agent',
				'/agent?email=nobody-at-all',
				'/agent/register',
				'/agent/batches',
				`/agent/accounts/${person.id}`,
				fresh,
				`/agent/accounts/${(await registered(site)).id}/temporary-password`,
				`/agent/accounts/${(await registered(site)).id}/email`,
				`/agent/accounts/${person.id}/erasure`,
			];
			for (const colorScheme of ['light', 'dark'] as const) {
				await sitAtDesk({ colorScheme, viewport: { width: colorScheme === 'dark' ? 320 : 1280, height: 720 } });
				for (const path of paths) {
					if (path === fresh) await takeFlash(reader.context, site.url, 'registered', fresh);
					const answer = await page.goto(path);
					expect(answer?.headers()['cache-control']).toBe('no-store');
					const html = await page.content();
					for (const hidden of [secret, temporaryPassword, person.token]) expect(html).not.toContain(hidden);
					expect(await violations(page), `${path} ${colorScheme}`).toEqual([]);
					const wider = await page.evaluate(
						() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
					);
					expect(wider, `${path} scrolls sideways`).toBe(0);
					expect(html.length).toBeLessThan(60_000);
				}
			}
		});

		test('the keyboard alone gets from the list to a new temporary password', async () => {
			const person = await registered(site, `aaa-${someEmail()}`);
			await page.goto(`/agent?email=${person.email}`);
			const tabTo = async (name: string) => {
				for (let n = 0; n < 40; n += 1) {
					await page.keyboard.press('Tab');
					const focused = await page.evaluate(
						() => document.activeElement?.textContent?.trim() || document.activeElement?.id,
					);
					if (focused === name) return;
				}
				throw new Error(`${name} cannot be reached`);
			};
			await tabTo(person.email);
			await page.keyboard.press('Enter');
			await page.waitForURL(/accounts/);
			await tabTo('Issue a new temporary password');
			await page.keyboard.press('Enter');
			await page.waitForURL(/temporary-password/);
			await tabTo('reason');
			await page.keyboard.type('by keyboard');
			await page.keyboard.press('Enter');
			await page.waitForURL(/accounts\/[0-9a-f-]+$/);
			expect(await page.getByRole('status').innerText()).toContain('on its way');
			expect(await main()).toContain('“by keyboard”');
		});
	},
);
