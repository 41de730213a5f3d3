/*
 * `npm run screenshots [folder]`: a PNG of every page and mail, on a phone and on a desktop, in light and in dark, and in Arabic.
 * A chosen few go to `docs/screenshots/`; the folder for the rest is not kept in the repository.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { connect } from '../../database/connect.js';
import { migrate } from '../../database/migrate.js';
import { startDatabase } from '../../embedded/database.js';
import type { TestDatabase } from '../setup/databases.js';
import { findAll } from '../setup/find.mjs';
import { launch } from './browser.js';
import { DESK_SCENES } from './desk-scenes.js';
import { MAIL_SCENES } from './mail-scenes.js';
import { SCENES, type Scene } from './scenes.js';
import { openSite, type Site } from './site.js';

const ALL = process.argv[2] ?? '.data/screenshots';
const CHOSEN = 'docs/screenshots';
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

const LOOKS: Record<string, BrowserContextOptions & { lang: string }> = {
	'phone-light': { ...PHONE, colorScheme: 'light', lang: 'en' },
	'phone-dark': { ...PHONE, colorScheme: 'dark', lang: 'en' },
	'desktop-light': { ...DESKTOP, colorScheme: 'light', lang: 'en' },
	'desktop-dark': { ...DESKTOP, colorScheme: 'dark', lang: 'en' },
	'phone-arabic': { ...PHONE, colorScheme: 'light', lang: 'ar' },
	'desktop-portuguese': { ...DESKTOP, colorScheme: 'light', lang: 'pt' },
	'phone-spanish': { viewport: { width: 320, height: 640 }, colorScheme: 'light', lang: 'es' },
};

/** What README shows. */
const SHOWN = new Set([
	'mobile-token.desktop-light',
	'mobile-token.phone-dark',
	'phone-code.phone-light',
	'done.phone-arabic',
	'desk-account.desktop-light',
]);

const folder = mkdtempSync(join(tmpdir(), 'mobile-token-screenshots-'));
mkdirSync(ALL, { recursive: true });
mkdirSync(CHOSEN, { recursive: true });
const PLENTY = 10_000;
const policy = {
	passcodesPerNumberPerDay: PLENTY,
	passcodesPerPrefixPerHour: PLENTY,
	passcodesPerNetworkPerHour: PLENTY,
};
const site = await openSite(open, { policy });
const browser = await launch(findAll().chromium ?? '');
try {
	const only = process.argv[3];
	for (const [look, options] of Object.entries(LOOKS)) {
		if (only && !look.startsWith(only)) continue;
		for (const scene of [...SCENES, ...DESK_SCENES, ...MAIL_SCENES]) await shoot(browser, site, scene, look, options);
		console.log(look);
	}
} finally {
	await browser.close();
	await site.close();
	rmSync(folder, { recursive: true, force: true });
}

async function open(): Promise<TestDatabase> {
	const database = await startDatabase({ dataDir: folder });
	const db = connect({ url: database.url, connections: 1 });
	await migrate(db);
	await db.destroy();
	return { ...database, connections: 1, keepStatements: true };
}

async function shoot(
	browser: Browser,
	site: Site,
	scene: Scene,
	look: string,
	options: BrowserContextOptions & { lang: string },
) {
	const { lang, ...contextOptions } = options;
	const context = await browser.newContext({
		...contextOptions,
		baseURL: site.url,
		locale: lang === 'en' ? 'en-GB' : lang,
		timezoneId: 'UTC',
	});
	const page = await context.newPage();
	await scene.open({ site, page, lang });
	const name = `${scene.name}.${look}`;
	await save(page, join(ALL, `${name}.png`));
	if (SHOWN.has(name)) await save(page, join(CHOSEN, `${name}.png`));
	await context.close();
}

async function save(page: Page, path: string): Promise<void> {
	await page.screenshot({ path, fullPage: true });
}
