import { beforeEach, describe, expect, test } from 'vitest';
import { freezeAccount } from '../../acts/accounts/help.js';
import { PATHS } from '../../web/kit/paths.js';
import { help as arabic } from '../../web/words/desk/ar-help.js';
import { help as english } from '../../web/words/desk/en-help.js';
import { help as spanish } from '../../web/words/desk/es-help.js';
import { help as portuguese } from '../../web/words/desk/pt-help.js';
import { agent, complete, confirmed, ok, PASSWORD, registered } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { openDesk } from './at-desk.js';
import { violations } from './axe.js';
import { openReader } from './browser.js';

const { chromium } = parts;

describe.skipIf(!chromium)('an agent helps one user', () => {
	const desk = openDesk(pgliteDatabase);
	const main = () => desk.main();
	const status = () => desk.page.getByRole('status').innerText();
	const press = (name: string) => desk.page.getByRole('button', { name, exact: true }).click();
	const choose = (name: string) => desk.page.getByRole('link', { name, exact: true }).click();
	const offered = (name: string) => desk.page.getByRole('link', { name, exact: true }).count();

	describe.each([true, false])('with a script: %s', (javaScriptEnabled) => {
		beforeEach(() => desk.sit({ javaScriptEnabled }));

		/** Goes to an act from the account's page, and does it after a reason was asked for. */
		async function act(title: string, go: string, reason: string): Promise<void> {
			await choose(title);
			await press(go);
			expect(await desk.page.getByRole('alert').innerText()).toContain('Enter a reason.');
			await desk.page.getByLabel('Reason').fill(reason);
			await press(go);
		}

		test('unlocks, where something is locked', async () => {
			const { id } = await complete(desk.site);
			await desk.page.goto(`/agent/accounts/${id}`);
			expect(await offered(english.unlock.title)).toBe(0);
			const locked = { lockedAt: desk.site.clock.now(), authenticatorFailures: 100 };
			await desk.site.db.updateTable('accounts').set(locked).where('id', '=', id).execute();
			await desk.page.reload();
			expect(await main()).toMatch(/Locked[\s\S]*unlock the account/);
			await act(english.unlock.title, 'Unlock', 'her own slips');
			expect(await status()).toContain('unlocked');
			expect(await main()).toMatch(/Unlocked · carla@example\.com\s+“her own slips”/);
			expect(await main()).toContain('No wrong codes');
			expect(await main()).toContain('Notice: account unlocked');
			expect(await offered(english.unlock.title)).toBe(0);
		});

		test('freezes, and the user reads why the login is refused; then unfreezes', async () => {
			const { id, email } = await confirmed(desk.site);
			await desk.page.goto(`/agent/accounts/${id}`);
			await act(english.freeze.title, 'Freeze', 'phone stolen');
			expect(await status()).toContain('frozen');
			expect(await main()).toMatch(/Frozen[\s\S]*Frozen since/);
			expect(await main()).toMatch(/Frozen · carla@example\.com\s+“phone stolen”/);
			for (const name of [english.freeze.title, english.endSessions.title]) expect(await offered(name)).toBe(0);

			const user = await openReader(desk.browser, desk.site.url, { javaScriptEnabled });
			await user.page.goto('/log-in');
			await user.page.getByLabel('Email').fill(email);
			await user.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
			await user.page.getByRole('button', { name: 'Continue' }).click();
			expect(await user.page.getByRole('alert').innerText()).toMatch(/frozen to protect it\. Contact .+@/);
			await user.close();

			await act(english.unfreeze.title, 'Unfreeze', 'a new phone');
			expect(await status()).toContain('no longer frozen');
			expect(await offered(english.freeze.title)).toBe(1);
		});

		test('logs the user out everywhere', async () => {
			const { id } = await confirmed(desk.site);
			await desk.page.goto(`/agent/accounts/${id}`);
			await act(english.endSessions.title, 'Log out everywhere', 'left a session open');
			expect(await status()).toContain('logged out everywhere');
			expect(await desk.site.db.selectFrom('sessions').select('id').where('accountId', '=', id).execute()).toEqual([]);
		});

		test('corrects name and language, and tells what is wrong with a name', async () => {
			const { id } = await complete(desk.site);
			await desk.page.goto(`/agent/accounts/${id}`);
			await choose(english.person.title);
			expect(await desk.page.getByLabel('Name').inputValue()).toBe('Ana Prado');
			await desk.page.getByLabel('Name').fill('visit evil.example');
			await desk.page.getByLabel('Reason').fill('married');
			await press('Correct');
			expect(await desk.page.getByRole('alert').innerText()).toContain('name of the person');
			await desk.page.getByLabel('Name').fill('Ana Lima');
			await desk.page.getByLabel('Language').selectOption('pt-PT');
			await press('Correct');
			expect(await status()).toContain('corrected');
			expect(await main()).toMatch(/Ana Lima[\s\S]*Portuguese/);
			expect(await main()).toMatch(/Name or language corrected · carla@example\.com\s+“married”/);
			await choose(english.person.title);
			await desk.page.getByLabel('Name').fill('');
			await desk.page.getByLabel('Reason').fill('asked for');
			await press('Correct');
			expect(await main()).toContain('Not given');
		});

		test('of a frozen account issues no temporary password, not from a page that was open before either', async () => {
			const { id } = await registered(desk.site);
			await desk.page.goto(`/agent/accounts/${id}/temporary-password`);
			ok(await freezeAccount(desk.site.api, agent, { accountId: id }));
			await desk.page.getByLabel('Reason').fill('asked');
			await press('Issue and send');
			expect(await status()).toContain('Unfreeze it first');
			for (const name of ['Issue a new temporary password', 'Correct the email']) expect(await offered(name)).toBe(0);
			await desk.page.goto(`/agent/accounts/${id}/email`);
			expect(await main()).toContain('Unfreeze it first');
			await desk.page.goto(`/agent/accounts/${id}/freeze`);
			await desk.page.getByLabel('Reason').fill('again');
			await press('Freeze');
			expect(await status()).toContain('already so');
		});
	});

	test('in four languages, on pages without a fault', async () => {
		const { id } = await complete(desk.site);
		const pages = [PATHS.unlock, PATHS.freeze, PATHS.unfreeze, PATHS.endSessions, PATHS.correctPerson];
		for (const [locale, words] of Object.entries({ en: english, pt: portuguese, es: spanish, ar: arabic })) {
			await desk.site.db
				.updateTable('accounts')
				.set({ locale, localeChosenAt: desk.site.clock.now() })
				.where('id', '=', desk.carla.id)
				.execute();
			await desk.sit({ viewport: { width: 320, height: 720 } });
			const titles: string[] = [];
			for (const path of pages) {
				await desk.page.goto(path.replace(':accountId', id));
				titles.push(await desk.page.getByRole('heading', { level: 1 }).innerText());
				expect(await violations(desk.page), `${path} ${locale}`).toEqual([]);
			}
			const { unlock, freeze, unfreeze, endSessions, person } = words;
			expect(titles).toEqual([unlock, freeze, unfreeze, endSessions, person].map(({ title }) => title));
		}
	});
});
