import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, passcodeOf, registered } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { launch, openReader } from './browser.js';
import { codeOf, scan } from './phone-app.js';
import { openSite, type Site } from './site.js';

const { chromium, oathtool } = parts;

describe.skipIf(!chromium || !oathtool)('the help article, from end to end', () => {
	let site: Site;
	let browser: Browser;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase);
		browser = await launch(chromium ?? '');
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});

	test.each([true, false])('leads from "Log In" to "All done!", with a script: %s', async (javaScriptEnabled) => {
		const person = await registered(site);
		const { page, complaints, close } = await openReader(browser, site.url, { javaScriptEnabled });
		const proceed = () => page.getByRole('button', { name: 'Continue', exact: true }).click();

		await page.goto('/');
		await page.getByRole('banner').getByRole('link', { name: 'Log In' }).click();
		await page.getByLabel('Email').fill(person.email);
		await page.getByLabel('Password', { exact: true }).fill(person.temporaryPassword);
		await proceed();

		await expect.poll(() => page.title()).toBe('Change your password - Mobile Token');
		await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
		await proceed();

		await expect.poll(() => page.title()).toBe('Set up your mobile token - Mobile Token');
		const key = await scan(page.getByRole('img', { name: /QR code/ }));
		expect(key.protocol).toBe('otpauth:');
		expect(key.searchParams.get('secret')).toBe((await page.locator('#key').innerText()).replace(/\s/g, ''));
		await page.getByLabel('Verification code').fill(codeOf(oathtool ?? '', key, site.clock.now()));
		await proceed();

		await expect.poll(() => page.title()).toBe('Add a fallback mobile phone - Mobile Token');
		await page.getByLabel('Country code').selectOption('PT');
		await page.getByLabel('Mobile phone number').fill('912 345 678');
		await proceed();

		await expect.poll(() => page.title()).toBe('Enter the code from the SMS - Mobile Token');
		expect(await page.getByText('We sent code 1 to').innerText()).toContain('+351 ••••••• 78');
		await page.getByLabel('Confirmation code').fill(await passcodeOf(site, person.id));
		await proceed();

		await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('All done!');
		expect(new URL(page.url()).pathname).toBe('/set-up/done');
		await page.getByRole('link', { name: 'Continue to the platform' }).click();
		expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Your account');
		expect(complaints).toEqual([]);
		await close();
	});
});
