import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, passcodeOf, registered, totp } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { violations } from './axe.js';
import { launch, openReader } from './browser.js';
import { expectAt } from './flow.js';
import { SCENES } from './scenes.js';
import { openSite, type Site } from './site.js';

const PLENTY = 10_000;
const policy = {
	passcodesPerNumberPerDay: PLENTY,
	passcodesPerPrefixPerHour: PLENTY,
	passcodesPerNetworkPerHour: PLENTY,
};

describe.skipIf(!parts.chromium)('every user can use the pages', () => {
	let site: Site;
	let browser: Browser;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase, { policy });
		browser = await launch(parts.chromium ?? '');
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});

	describe.each(SCENES)('$name', ({ open }) => {
		test('axe finds no fault, in light and in dark, in both directions, and the page breaks no policy', async () => {
			const { page, complaints, close } = await openReader(browser, site.url, {
				colorScheme: 'light',
				reducedMotion: 'reduce',
			});
			await open({ site, page, lang: 'en' });
			expect(await violations(page)).toEqual([]);
			await page.emulateMedia({ colorScheme: 'dark' });
			expect(await violations(page)).toEqual([]);
			expect(complaints).toEqual([]);
			await close();
			const arabic = await openReader(browser, site.url, { locale: 'ar' });
			await open({ site, page: arabic.page, lang: 'ar' });
			expect(await arabic.page.getAttribute('html', 'dir')).toBe('rtl');
			expect(await violations(arabic.page)).toEqual([]);
			await arabic.close();
		});

		test('fits 320 pixels, and so a zoom of 400 %, in the longest words', async () => {
			for (const lang of ['en', 'es', 'ar']) {
				const { page, close } = await openReader(browser, site.url, {
					locale: lang,
					viewport: { width: 320, height: 640 },
				});
				await open({ site, page, lang });
				expect(await page.evaluate(() => document.documentElement.scrollWidth), lang).toBeLessThanOrEqual(320);
				const cut = await page.$$eval('button, a, input, select', (elements) =>
					elements
						.map((element) => ({ name: element.outerHTML.slice(0, 80), box: element.getBoundingClientRect() }))
						.filter(({ box }) => box.width > 2 && (box.left < 0 || box.right > 320))
						.map(({ name }) => name),
				);
				expect(cut, lang).toEqual([]);
				await close();
			}
		});

		test('its targets are large enough for a finger', async () => {
			const { page, close } = await openReader(browser, site.url, { viewport: { width: 390, height: 844 } });
			await open({ site, page, lang: 'en' });
			const small = await page.$$eval(
				'button, select, input:not([type=hidden], .unseen), a.button, summary, .store',
				(elements) =>
					elements
						.filter((element) => {
							const { width, height } = element.getBoundingClientRect();
							return width < 24 || height < 24;
						})
						.map((element) => element.outerHTML.slice(0, 80)),
			);
			expect(small).toEqual([]);
			await close();
		});
	});

	test('the QR code keeps 200 pixels and its white margin at 320 pixels, in dark mode too', async () => {
		const { page, close } = await openReader(browser, site.url, {
			colorScheme: 'dark',
			viewport: { width: 320, height: 640 },
		});
		await SCENES.find(({ name }) => name === 'mobile-token')?.open({ site, page, lang: 'en' });
		const box = await page.locator('.qr').boundingBox();
		expect(box?.width).toBeGreaterThanOrEqual(200);
		expect(box?.height).toBeCloseTo(box?.width ?? 0);
		await close();
	});

	test('the keyboard alone leads from "Log In" to "All done!"', async () => {
		const person = await registered(site);
		const { page, close } = await openReader(browser, site.url);
		const type = async (selector: string, text: string) => {
			await tabTo(page, selector);
			await page.keyboard.type(text);
			await page.keyboard.press('Enter');
		};
		await page.goto('/');
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
		await tabTo(page, 'header a[href="/log-in"]');
		await page.keyboard.press('Enter');
		await expectAt(page, '/log-in');
		await tabTo(page, '#email');
		await page.keyboard.type(person.email);
		await type('#password', person.temporaryPassword);
		await expectAt(page, '/set-up/password');
		await type('#password', PASSWORD);
		await expectAt(page, '/set-up/mobile-token');
		const secret = (await page.locator('#key').innerText()).replace(/\s/g, '');
		await type('#code', totp(site, secret));
		await expectAt(page, '/set-up/phone');
		await tabTo(page, '#country');
		await page.keyboard.type('Portugal');
		await type('#number', '912345678');
		await expectAt(page, '/set-up/phone/code');
		await type('#code', await passcodeOf(site, person.id));
		await expectAt(page, '/set-up/done', 'All done!');
		await close();
	});

	test('the focus is visible', async () => {
		const { page, close } = await openReader(browser, site.url);
		await page.goto('/log-in');
		for (const selector of ['a.brand', '#email', '#password', '.inside', 'main .button']) {
			await tabTo(page, selector);
			const width = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineWidth);
			expect(Number.parseFloat(width), selector).toBeGreaterThanOrEqual(2);
		}
		await close();
	});
});

const TABS_MAX = 40;

async function tabTo(page: Page, selector: string): Promise<void> {
	for (let n = 0; n < TABS_MAX; n += 1) {
		if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`the Tab key does not lead to ${selector}`);
}
