import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { pgliteDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { agentAtWork, takeSession } from './agent-desk.js';
import { launch, openReader, type Reader } from './browser.js';
import { openSite, type Site } from './site.js';

/** A site, and the browser of an agent at its desk. */
export class AtDesk {
	site!: Site;
	browser!: Browser;
	carla!: Awaited<ReturnType<typeof agentAtWork>>;
	reader!: Reader;

	get page(): Page {
		return this.reader.page;
	}

	/** Opens the browser anew, with the agent's session. */
	async sit(options: Parameters<typeof openReader>[2] = {}): Promise<void> {
		await this.reader?.close();
		this.reader = await openReader(this.browser, this.site.url, options);
		await takeSession(this.reader.context, this.site.url, this.carla.token);
	}

	main(): Promise<string> {
		return this.page.getByRole('main').innerText();
	}
}

/** Opens the desk for the tests of a suite; after each test the browser has had nothing to complain of. */
export function openDesk(open: typeof pgliteDatabase): AtDesk {
	const desk = new AtDesk();
	beforeAll(async () => {
		desk.site = await openSite(open);
		desk.browser = await launch(parts.chromium ?? '');
		desk.carla = await agentAtWork(desk.site);
	});
	afterAll(async () => {
		await desk.browser?.close();
		await desk.site?.close();
	});
	afterEach(async () => {
		expect(desk.reader.complaints).toEqual([]);
		await desk.reader.close();
	});
	return desk;
}
