import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];

export function launch(executablePath: string): Promise<Browser> {
	return chromium.launch({ executablePath, args: FLAGS });
}

/** A reader's browser, and all that went wrong in it: refused by the policy, thrown by the script, asked of strangers. */
export interface Reader {
	context: BrowserContext;
	page: Page;
	complaints: string[];
	close(): Promise<void>;
}

export async function openReader(
	browser: Browser,
	baseURL: string,
	options: BrowserContextOptions = {},
): Promise<Reader> {
	const context = await browser.newContext({ baseURL, locale: 'en-US', timezoneId: 'UTC', ...options });
	const complaints: string[] = [];
	context.on('page', (page) => {
		page.on('pageerror', (error) => complaints.push(String(error)));
		page.on('console', (message) => {
			// Chromium reports every refused form as a failed resource.
			if (/Content.Security.Policy|violat/i.test(message.text())) complaints.push(message.text());
		});
		page.on('request', (request) => {
			if (!request.url().startsWith(baseURL) && !request.url().startsWith('data:')) complaints.push(request.url());
		});
	});
	const page = await context.newPage();
	return { context, page, complaints, close: () => context.close() };
}
