import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, START, signedIn, withPasscode, withPassword } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { launch } from './browser.js';
import { readerAs } from './flow.js';
import { openSite, type Site } from './site.js';

describe.skipIf(!parts.chromium)('what the script adds', () => {
	let site: Site;
	let browser: Browser;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase, { policy: { passcodeResendAfterMs: 3_000, passcodesPerNumberPerDay: 100 } });
		browser = await launch(parts.chromium ?? '');
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});

	test('the key is copied without its spaces, and the page says so', async () => {
		const person = await withPassword(site);
		const { page, close } = await readerAs(browser, site, person, {
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		await page.goto('/set-up/mobile-token');
		await page.getByRole('button', { name: 'Copy key' }).click();
		await expect.poll(() => page.getByText('Copied', { exact: true }).count()).toBe(1);
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(person.secret);
		await close();
	});

	test('S-6 the password can be shown and hidden, and is hidden again before it is sent', async () => {
		const person = await signedIn(site);
		const { page, close } = await readerAs(browser, site, person);
		await page.goto('/set-up/password');
		const field = page.locator('#password');
		await field.fill('short');
		await page.getByRole('button', { name: 'Show: New password' }).click();
		expect(await field.getAttribute('type')).toBe('text');
		await page.evaluate(() => {
			const form = document.querySelector('#password')?.closest('form');
			form?.addEventListener('submit', (event) => event.preventDefault());
		});
		await field.press('Enter');
		expect(await field.getAttribute('type')).toBe('password');
		await close();
	});

	test('the wait counts down, and its end is announced', async () => {
		const person = await withPasscode(site);
		const { page, close } = await readerAs(browser, site, person);
		await page.goto('/set-up/phone/code');
		expect(await page.locator('.countdown').innerText()).toMatch(/^Time left: [123] seconds?\.$/);
		await expect
			.poll(() => page.locator('#wait').innerText(), { timeout: 6_000 })
			.toBe('You can ask for another code now.');
		expect(await page.locator('#wait').getAttribute('role')).toBe('status');
		await close();
	});

	test('without a script the page shows the wait in words', async () => {
		const person = await withPasscode(site, '+351912000111');
		const { page, close } = await readerAs(browser, site, person, { javaScriptEnabled: false });
		await page.goto('/set-up/phone/code');
		expect(await page.locator('#wait').innerText()).toMatch(/^You can ask for another code after 8:00:03.AM UTC\./);
		await close();
	});

	test('without a script every time says that it is in UTC, dates too', async () => {
		const person = await complete(site);
		const { page, close } = await readerAs(browser, site, person, {
			javaScriptEnabled: false,
			timezoneId: 'Pacific/Auckland',
		});
		for (const path of ['/', '/set-up/done']) {
			await page.goto(path);
			const times = await page.locator('time').allTextContents();
			expect(times.length).toBeGreaterThan(0);
			for (const time of times) expect(time).toMatch(/UTC$/);
		}
		await close();
	});

	test('dates are those of the reader’s own zone', async () => {
		site.clock.set('2026-11-24T20:00:00.000Z');
		const person = await complete(site);
		const { page, close } = await readerAs(browser, site, person, { timezoneId: 'Pacific/Auckland' });
		await page.goto('/set-up/done');
		expect(await page.locator('time').innerText()).toBe('November 25, 2026');
		site.clock.set(START);
		await close();
	});

	test('the script converts times to the reader’s own zone', async () => {
		const person = await signedIn(site);
		const { page, close } = await readerAs(browser, site, person, { timezoneId: 'America/Sao_Paulo' });
		await page.goto('/set-up/password');
		expect(await page.locator('time').innerText()).toMatch(/5:00.AM GMT-3/);
		await close();
	});

	test('a code read from the SMS is filled in and sent; waiting for it ends when the form is sent by hand', async () => {
		const person = await withPasscode(site, '+351912000222');
		const { page, close } = await readerAs(browser, site, person);
		await page.addInitScript(() => {
			const seen = window as unknown as {
				OTPCredential: unknown;
				asked: unknown;
				aborted: boolean;
				arrive(code: string): void;
			};
			seen.OTPCredential = class {};
			navigator.credentials.get = (options) =>
				new Promise((resolve) => {
					seen.asked = (options as unknown as { otp: unknown }).otp;
					options?.signal?.addEventListener('abort', () => {
						seen.aborted = true;
					});
					seen.arrive = (code) => resolve({ code } as unknown as Credential);
				});
		});
		await page.goto('/set-up/phone/code');
		expect(await page.evaluate('window.asked')).toEqual({ transport: ['sms'] });
		await page.evaluate(() => {
			document
				.querySelector('form.web-otp')
				?.addEventListener('submit', (event) => event.preventDefault(), { once: true });
		});
		await page.getByRole('button', { name: 'Continue', exact: true }).click();
		expect(await page.evaluate('window.aborted')).toBe(true);
		await page.goto('/set-up/phone/code');
		await page.evaluate(`window.arrive('${person.code}')`);
		await expect.poll(() => new URL(page.url()).pathname).toBe('/set-up/done');
		await close();
	});
});
