import type { Page } from 'playwright-core';
import { register } from '../../acts/accounts/registration.js';
import { deferPhone, putPhone } from '../../acts/phone/phone.js';
import { after } from '../../domain/time.js';
import {
	agent,
	complete,
	confirmed,
	newest,
	ok,
	PASSWORD,
	signedIn,
	someEmail,
	user,
	withPasscode,
	withPassword,
} from '../acts/acts.js';
import type { Site } from './site.js';

/** Where a page is looked at: a browser of its own, and people of its own. */
export interface Stage {
	site: Site;
	page: Page;
	/** BCP 47, of browser and account. */
	lang: string;
}

/** One page in one state, as a reader comes to see it. */
export interface Scene {
	name: string;
	open(stage: Stage): Promise<void>;
}

/** Every page of the product, and its most telling troubles. */
export const SCENES: readonly Scene[] = [
	{ name: 'home', open: ({ page }) => see(page, '/') },
	{ name: 'log-in', open: ({ page }) => see(page, '/log-in') },
	{ name: 'log-in-refused', open: async ({ page }) => logIn(page, 'ana@example.com', 'not the password') },
	{
		name: 'expired',
		open: async ({ site, page, lang }) => {
			const email = someEmail();
			const { id } = ok(await register(site.api, agent, { email, name: 'Ana Prado', locale: lang }));
			const { temporaryPassword = '' } = await newest(site, id, 'temporary-password');
			const now = site.clock.now();
			site.clock.pass(25 * 3_600_000);
			await logIn(page, email, temporaryPassword);
			site.clock.set(now);
		},
	},
	{ name: 'password', open: (stage) => as(stage, signedIn, '/set-up/password') },
	{
		name: 'password-refused',
		open: async (stage) => {
			await as(stage, signedIn, '/set-up/password');
			await stage.page.locator('#password').fill('ana prado');
			await submit(stage.page, 'change');
		},
	},
	{ name: 'mobile-token', open: (stage) => as(stage, withPassword, '/set-up/mobile-token') },
	{
		name: 'mobile-token-refused',
		open: async (stage) => {
			await as(stage, withPassword, '/set-up/mobile-token');
			await stage.page.locator('#code').fill('123456');
			await submit(stage.page, 'confirm');
		},
	},
	{ name: 'phone', open: (stage) => as(stage, confirmed, '/set-up/phone') },
	{
		name: 'phone-refused',
		open: async (stage) => {
			await as(stage, confirmed, '/set-up/phone');
			await stage.page.locator('#number').fill('12');
			await submit(stage.page, 'send');
		},
	},
	{ name: 'phone-code', open: (stage) => as(stage, withPasscode, '/set-up/phone/code') },
	{
		name: 'phone-code-refused',
		open: async (stage) => {
			await as(stage, withPasscode, '/set-up/phone/code');
			await submit(stage.page, 'resend');
		},
	},
	{
		name: 'phone-code-failed',
		open: async (stage) => {
			const { site } = stage;
			await as(
				stage,
				async () => {
					const person = await withPasscode(site);
					await site.db.updateTable('messages').set({ state: 'failed' }).where('accountId', '=', person.id).execute();
					return person;
				},
				'/set-up/phone/code',
			);
		},
	},
	{ name: 'done', open: (stage) => as(stage, complete, '/set-up/done') },
	{ name: 'done-deferred', open: (stage) => as(stage, deferred, '/set-up/done') },
	{ name: 'security', open: (stage) => as(stage, complete, '/') },
	{
		name: 'security-deferred',
		open: async (stage) => {
			await as(stage, confirmed, '/set-up/phone');
			await submit(stage.page, 'later');
		},
	},
	{
		name: 'phone-asked-again',
		open: async (stage) => {
			const { site } = stage;
			await as(
				stage,
				async () => {
					const person = await deferred(site);
					await site.db
						.updateTable('accounts')
						.set({ phoneDeferredUntil: after(site.clock.now(), -1) })
						.where('id', '=', person.id)
						.execute();
					return person;
				},
				'/set-up/phone',
			);
		},
	},
	{
		name: 'log-in-code',
		open: async ({ site, page, lang }) => {
			const person = await complete(site);
			await speak(site, person.id, lang);
			await logIn(page, person.email, PASSWORD);
		},
	},
	{ name: 'not-found', open: ({ page }) => see(page, '/nowhere') },
];

async function deferred(site: Site) {
	const person = await confirmed(site);
	ok(await putPhone(site.api, user(person.token), { number: '+351912345678' }));
	ok(await deferPhone(site.api, user(person.token)));
	return person;
}

async function see(page: Page, path: string): Promise<void> {
	await page.goto(path);
}

/** A person at the step to which `come` leads, in the language of the stage. */
async function as(
	{ site, page, lang }: Stage,
	come: (site: Site) => Promise<{ id: string; token: string }>,
	path: string,
) {
	const person = await come(site);
	await speak(site, person.id, lang);
	await page.context().addCookies([{ name: 'session', value: person.token, url: site.url }]);
	await page.goto(path);
}

/** Gives an account a language. */
export async function speak(site: Site, id: string, locale: string): Promise<void> {
	await site.db.updateTable('accounts').set({ locale }).where('id', '=', id).execute();
}

async function logIn(page: Page, email: string, password: string): Promise<void> {
	await page.goto('/log-in');
	await page.locator('#email').fill(email);
	await page.locator('#password').fill(password);
	await submit(page, 'log-in');
}

/** Sends the form of an act, whatever language its button is in. */
export async function submit(page: Page, act: string): Promise<void> {
	await page.locator(`form:has(input[name=act][value="${act}"]) button[type=submit]`).click();
	await page.waitForLoadState();
}
