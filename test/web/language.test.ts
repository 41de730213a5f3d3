import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, confirmed, PASSWORD, registered, signedIn } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { agentAtWork, takeSession } from './agent-desk.js';
import { violations } from './axe.js';
import { launch, openReader, type Reader } from './browser.js';
import { readerAs } from './flow.js';
import { speak } from './scenes.js';
import { openSite, type Site } from './site.js';

describe.skipIf(!parts.chromium)('the language of the pages', () => {
	let site: Site;
	let browser: Browser;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase);
		browser = await launch(parts.chromium ?? '');
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});

	const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang);
	const accountOf = (id: string) =>
		site.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

	async function choose(page: Page, language: string): Promise<void> {
		await page.locator('details.languages summary').click();
		const button = page.getByRole('button', { name: language, exact: true });
		const code = (await button.getAttribute('value')) ?? '';
		await button.click();
		await expect.poll(() => page.locator('html').getAttribute('lang')).toMatch(new RegExp(`^${code}\\b`));
	}

	async function strangerIn(locale: string, options: BrowserContextOptions = {}): Promise<Reader> {
		return openReader(browser, site.url, { locale, ...options });
	}

	test('the language of the browser comes before that of the registration', async () => {
		const person = await confirmed(site);
		await speak(site, person.id, 'en');
		const { page, close } = await readerAs(browser, site, person, { locale: 'pt-BR' });
		await page.goto('/set-up/phone');
		expect(await languageOf(page)).toBe('pt-BR');
		await close();
		const unknown = await readerAs(browser, site, person, { locale: 'fi' });
		await speak(site, person.id, 'es');
		await unknown.page.goto('/set-up/phone');
		expect(await languageOf(unknown.page)).toBe('es');
		await unknown.close();
	});

	describe.each([true, false])('with a script: %s', (javaScriptEnabled) => {
		test('a visitor chooses a language on any page, and comes back to it', async () => {
			const { page, complaints, close } = await strangerIn('en-US', { javaScriptEnabled });
			for (const path of ['/', '/log-in', '/nowhere?from=a%20link']) {
				await page.goto(path);
				await choose(page, 'Español');
				expect(await languageOf(page)).toBe('es');
				expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path);
				await choose(page, 'English');
				expect(await languageOf(page)).toBe('en-US');
			}
			expect(complaints).toEqual([]);
			await close();
		});

		test('a choice at the log-in is the account’s from then on, on every device', async () => {
			const person = await registered(site);
			const { page, close } = await strangerIn('en-US', { javaScriptEnabled });
			await page.goto('/log-in');
			await choose(page, 'العربية');
			expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
			await page.locator('#email').fill(person.email);
			await page.locator('#password').fill(person.temporaryPassword);
			await page.locator('main button[type=submit]').click();
			await expect.poll(() => new URL(page.url()).pathname).toBe('/set-up/password');
			expect(await languageOf(page)).toBe('ar');
			expect(await accountOf(person.id)).toMatchObject({ locale: 'ar', localeChosenAt: site.clock.now() });
			await close();
		});

		test('a choice of a user is kept with the account, for pages on other devices and for messages', async () => {
			const person = await complete(site);
			const first = await readerAs(browser, site, person, { javaScriptEnabled });
			await first.page.goto('/set-up/done');
			await choose(first.page, 'Português');
			expect(new URL(first.page.url()).pathname).toBe('/set-up/done');
			expect(await languageOf(first.page)).toBe('pt');
			await first.close();
			const second = await readerAs(browser, site, person, { locale: 'es-MX' });
			await second.page.goto('/');
			expect(await languageOf(second.page)).toBe('pt');
			expect((await accountOf(person.id)).locale).toBe('pt');
			await second.close();
		});
	});

	test('an agent chooses the language of the desk', async () => {
		const carla = await agentAtWork(site);
		const { page, context, close } = await strangerIn('en-US');
		await takeSession(context, site.url, carla.token);
		await page.goto('/agent?show=complete');
		await choose(page, 'Português');
		expect(new URL(page.url()).search).toBe('?show=complete');
		expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Contas');
		await close();
	});

	test.each([320, 1280])('the open choice is accessible, %d pixels wide', async (width) => {
		const person = await signedIn(site);
		const { page, close } = await readerAs(browser, site, person, { viewport: { width, height: 720 } });
		for (const language of ['English', 'العربية']) {
			await page.goto('/set-up/password');
			if (language !== 'English') await choose(page, language);
			await page.locator('details.languages summary').focus();
			await page.keyboard.press('Enter');
			const menu = page.locator('details.languages form');
			expect(await menu.isVisible()).toBe(true);
			const box = await menu.boundingBox();
			expect(box?.x).toBeGreaterThanOrEqual(0);
			expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
			expect(await violations(page)).toEqual([]);
			await page.keyboard.press('Escape');
			expect(await menu.isVisible()).toBe(false);
		}
		await close();
	});

	const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
		method: 'POST',
		redirect: 'manual',
		body: new URLSearchParams({ act: 'choose', ...fields }),
		headers,
	});

	test('a form of another site chooses nothing', async () => {
		const person = await confirmed(site);
		const headers = { cookie: `session=${person.token}`, 'sec-fetch-site': 'cross-site' };
		const answer = await fetch(`${site.url}/language`, form({ language: 'ar', back: '/' }, headers));
		expect(answer.status).toBe(403);
		expect((await accountOf(person.id)).localeChosenAt).toBeNull();
	});

	test.each([
		['//evil.example/', '/'],
		['https://evil.example/', '/'],
		['/\\evil.example', '/'],
		['/..//evil.example', '/'],
		['/\t/evil.example', '/'],
		['javascript:alert(1)', '/'],
		['/log-in?x=1#there', '/log-in?x=1'],
	])('the way back from %j is %s', async (back, to) => {
		const answer = await fetch(`${site.url}/language`, form({ language: 'es', back }));
		expect(answer.headers.get('location')).toBe(to);
	});

	test('a language that the pages do not speak is refused', async () => {
		const answer = await fetch(`${site.url}/language`, form({ language: 'constructor', back: '/' }));
		expect(answer.status).toBe(422);
		expect(answer.headers.getSetCookie()).toEqual([]);
	});

	test.each(['fi', 'es-', 'es-mx', 'pt-BR-x-more', 'en%0a', '<b>', 'a'.repeat(3_000)])(
		'a cookie that says %j is no choice, and a log-in stores nothing of it',
		async (language) => {
			const person = await registered(site);
			const body = { act: 'log-in', email: person.email, password: person.temporaryPassword };
			const answer = await fetch(`${site.url}/log-in`, form(body, { cookie: `language=${language}` }));
			expect(answer.status).toBe(303);
			expect(await accountOf(person.id)).toMatchObject({ locale: 'en', localeChosenAt: null });
		},
	);

	test('the second factor is still asked for after a choice', async () => {
		const person = await complete(site);
		const { page, close } = await strangerIn('en-US');
		await page.goto('/log-in');
		await choose(page, 'Español');
		await page.locator('#email').fill(person.email);
		await page.locator('#password').fill(PASSWORD);
		await page.locator('main button[type=submit]').click();
		await expect.poll(() => new URL(page.url()).pathname).toBe('/log-in/code');
		expect(await languageOf(page)).toBe('es');
		await close();
	});
});
