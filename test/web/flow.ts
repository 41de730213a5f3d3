import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openReader, type Reader } from './browser.js';
import type { Site } from './site.js';

/** A logged-in browser of a person at some step. */
export async function readerAs(
	browser: Browser,
	site: Site,
	person: { token: string },
	options: BrowserContextOptions = {},
): Promise<Reader> {
	const reader = await openReader(browser, site.url, options);
	await reader.context.addCookies([{ name: 'session', value: person.token, url: site.url }]);
	return reader;
}

export function proceed(page: Page): Promise<void> {
	return page.getByRole('button', { name: 'Continue', exact: true }).click();
}

/** That the reader has come to a page, by its path and its heading. */
export async function expectAt(page: Page, path: string, heading?: string): Promise<void> {
	await expect.poll(() => new URL(page.url()).pathname).toBe(path);
	if (heading) expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(heading);
}

/** What the summary of errors says, once it is there, and that it has the focus. */
export async function expectRefused(page: Page, text: RegExp | string): Promise<void> {
	const summary = page.getByRole('alert');
	await expect.poll(() => summary.count()).toBe(1);
	expect(await summary.innerText()).toMatch(text);
	expect(await page.title()).toMatch(/^Error: /);
	expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
}

export async function logIn(page: Page, email: string, password: string): Promise<void> {
	await page.goto('/log-in');
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await proceed(page);
}
