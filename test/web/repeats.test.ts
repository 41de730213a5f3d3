import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmed, PASSWORD, registered, signedIn, totp, withPasscode, withPassword } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { launch, openReader } from './browser.js';
import { expectAt, logIn, proceed, readerAs } from './flow.js';
import { openSite, type Site } from './site.js';

describe.skipIf(!parts.chromium)('repeats: back, tabs, double clicks, other devices', () => {
	let site: Site;
	let browser: Browser;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase, { policy: { passcodesPerNumberPerDay: 100 } });
		browser = await launch(parts.chromium ?? '');
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});

	async function count(
		id: string,
		name: 'passwordChanged' | 'passcodeIssued' | 'authenticatorConfirmed',
	): Promise<number> {
		const events = await site.db
			.selectFrom('events')
			.select('id')
			.where('accountId', '=', id)
			.where('name', '=', name)
			.execute();
		return events.length;
	}

	test('the back button leads to the reader’s current step, not to a past one', async () => {
		const person = await registered(site);
		const { page, close } = await openReader(browser, site.url);
		await logIn(page, person.email, person.temporaryPassword);
		await expectAt(page, '/set-up/password');
		await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
		await proceed(page);
		await expectAt(page, '/set-up/mobile-token');
		await page.goBack();
		await expectAt(page, '/set-up/mobile-token', 'Set up your mobile token');
		await page.goBack();
		await expectAt(page, '/set-up/mobile-token', 'Set up your mobile token');
		await close();
	});

	test('the second of two tabs says that the act was done, and goes on', async () => {
		const person = await signedIn(site);
		const { page, context, close } = await readerAs(browser, site, person);
		const other = await context.newPage();
		await page.goto('/set-up/password');
		await other.goto('/set-up/password');
		for (const tab of [page, other]) await tab.getByLabel('New password', { exact: true }).fill(PASSWORD);
		await proceed(page);
		await expectAt(page, '/set-up/mobile-token');
		await proceed(other);
		await expectAt(other, '/set-up/mobile-token');
		expect(await other.getByRole('status').first().innerText()).toContain('already done');
		expect(await count(person.id, 'passwordChanged')).toBe(1);
		await close();
	});

	test.each([true, false])(
		'a double click is one act, and its reader stays logged in (script: %s)',
		async (javaScriptEnabled) => {
			const person = await signedIn(site);
			const { page, close } = await readerAs(browser, site, person, { javaScriptEnabled });
			await page.goto('/set-up/password');
			await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
			await page.getByRole('button', { name: 'Continue', exact: true }).dblclick();
			await expectAt(page, '/set-up/mobile-token', 'Set up your mobile token');
			expect(await count(person.id, 'passwordChanged')).toBe(1);
			await page.getByLabel('Verification code').fill(totp(site, await secretOn(page)));
			// Without the script the second click is a repeat whose first answer is lost: it proves nothing again (S-17).
			await page
				.getByRole('button', { name: 'Continue', exact: true })
				.click({ clickCount: javaScriptEnabled ? 2 : 1 });
			await expectAt(page, '/set-up/phone');
			await page.getByLabel('Mobile phone number').fill('+351912345678');
			await page.getByRole('button', { name: 'Continue', exact: true }).dblclick();
			await expectAt(page, '/set-up/phone/code');
			expect(await count(person.id, 'passcodeIssued')).toBe(1);
			await close();
		},
	);

	/** Sends the form of a page three times under its one key, twice at once. */
	async function sendThrice(place: string, act: string, token: string, fields: Record<string, string>) {
		const headers = { Cookie: `session=${token}` };
		const html = await (await fetch(`${site.url}${place}`, { headers })).text();
		const form = new RegExp(`name="act" value="${act}"/?><input type="hidden" name="key" value="([^"]+)"`);
		const key = form.exec(html)?.[1] ?? '';
		expect(key).toHaveLength(36);
		const body = () => new URLSearchParams({ act, key, ...fields });
		const send = () => fetch(`${site.url}${place}`, { method: 'POST', redirect: 'manual', body: body(), headers });
		const answers = [...(await Promise.all([send(), send()])), await send()];
		const session = (cookies: string[]) => cookies.find((cookie) => cookie.startsWith('session='))?.split(';')[0];
		const cookies = answers.map((answer) => session(answer.headers.getSetCookie()));
		return { cookies, locations: answers.map((answer) => answer.headers.get('location')) };
	}

	test('the same form sent twice at once is one act with one answer, each with a session that lives', async () => {
		const person = await signedIn(site);
		const fields = { password: PASSWORD };
		const { cookies, locations } = await sendThrice('/set-up/password', 'change', person.token, fields);
		expect(new Set(locations)).toEqual(new Set(['/set-up/mobile-token']));
		expect(await count(person.id, 'passwordChanged')).toBe(1);
		expect(new Set(cookies).size).toBe(3);
		for (const Cookie of cookies) {
			const headers = { Cookie: Cookie ?? '' };
			const { status } = await fetch(`${site.url}/set-up/mobile-token`, { redirect: 'manual', headers });
			expect(status).toBe(200);
		}
	});

	test('S-17 a code sent three times gives one session, and the others hear that it was done', async () => {
		const person = await withPassword(site);
		const fields = { code: totp(site, person.secret) };
		const { cookies, locations } = await sendThrice('/set-up/mobile-token', 'confirm', person.token, fields);
		expect(locations.sort()).toEqual(['/', '/', '/set-up/phone']);
		expect(cookies.filter(Boolean).length).toBe(1);
		expect(await count(person.id, 'authenticatorConfirmed')).toBe(1);
	});

	test('on another device the reader continues at the same step, with a QR code of its own', async () => {
		const person = await withPassword(site);
		const first = await readerAs(browser, site, person);
		await first.page.goto('/');
		await expectAt(first.page, '/set-up/mobile-token');
		const second = await openReader(browser, site.url);
		await logIn(second.page, person.email, PASSWORD);
		await expectAt(second.page, '/set-up/mobile-token');
		expect(await secretOn(second.page)).not.toBe(await secretOn(first.page));
		await first.close();
		await second.close();
	});

	test('S-41 logging in over a live session ends that one', async () => {
		const person = await withPassword(site);
		const headers = { Cookie: `session=${person.token}` };
		const body = new URLSearchParams({ act: 'log-in', email: person.email, password: PASSWORD });
		const answer = await fetch(`${site.url}/log-in`, { method: 'POST', redirect: 'manual', body, headers });
		expect(answer.headers.get('location')).toBe('/set-up/mobile-token');
		const old = await fetch(`${site.url}/set-up/mobile-token`, { redirect: 'manual', headers });
		expect(old.headers.get('location')).toBe('/log-in');
		expect(old.headers.getSetCookie()).toEqual([expect.stringMatching(/^flash=session-ended~\/log-in;/)]);
	});

	test('with a code under way, a login elsewhere leads to the page that takes it', async () => {
		const person = await withPasscode(site);
		site.clock.pass(30_000);
		const { page, close } = await openReader(browser, site.url);
		await logIn(page, person.email, PASSWORD);
		await expectAt(page, '/log-in/code');
		await page.getByLabel('Verification code').fill(totp(site, person.secret));
		await proceed(page);
		await expectAt(page, '/set-up/phone/code');
		await close();
	});

	test('after a log-out this page and the one before show no account', async () => {
		const person = await confirmed(site);
		const { page, context, close } = await readerAs(browser, site, person);
		await page.goto('/set-up/phone');
		await page.getByRole('button', { name: 'Log Out' }).click();
		await expectAt(page, '/', 'Mobile Token');
		expect(await context.cookies()).toEqual([]);
		await page.goBack();
		await expectAt(page, '/log-in');
		const answer = await fetch(`${site.url}/set-up/phone`, {
			redirect: 'manual',
			headers: { Cookie: `session=${person.token}` },
		});
		expect(answer.status).toBe(303);
		await close();
	});
});

async function secretOn(page: import('playwright-core').Page): Promise<string> {
	return (await page.locator('#key').innerText()).replace(/\s/g, '');
}
