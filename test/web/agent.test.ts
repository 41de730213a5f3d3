import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBatches } from '../../activities/batches.js';
import { listBatches } from '../../acts/batches/batches.js';
import { markSent } from '../../database/messages.js';
import { DAY_MS } from '../../domain/time.js';
import { newest, registered, signedInTwice, someEmail } from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { AGENT_EMAIL, agentAtWork, takeSession } from './agent-desk.js';
import { launch, openReader, type Reader } from './browser.js';
import { openSite, type Site } from './site.js';

const { chromium } = parts;

describe.skipIf(!chromium).each(DATABASES)('the desk on $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	let site: Site;
	let browser: Browser;
	let carla: Awaited<ReturnType<typeof agentAtWork>>;
	let reader: Reader;
	let page: Page;
	beforeAll(async () => {
		site = await openSite(open);
		browser = await launch(chromium ?? '');
		carla = await agentAtWork(site);
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});
	beforeEach(async () => {
		await sitAtDesk();
	});
	afterEach(async () => {
		expect(reader.complaints).toEqual([]);
		await reader.close();
	});

	async function sitAtDesk(options: Parameters<typeof openReader>[2] = {}): Promise<void> {
		await reader?.close();
		reader = await openReader(browser, site.url, options);
		page = reader.page;
		await takeSession(reader.context, site.url, carla.token);
	}
	const heading = () => page.getByRole('heading', { level: 1 }).innerText();
	const main = () => page.getByRole('main').innerText();
	const press = (name: string | RegExp) => page.getByRole('button', { name }).click();

	describe.each([true, false])('with a script: %s', (javaScriptEnabled) => {
		beforeEach(() => sitAtDesk({ javaScriptEnabled }));

		test('registers in two steps, shows who, sent when, expires when, and the reason in the timeline', async () => {
			const email = someEmail();
			await page.goto('/agent/register');
			await page.getByLabel('Email').fill(`  ${email.toUpperCase()} `);
			await page.getByLabel('Name').fill('Ana "Prado" O\'Neill');
			await page.getByLabel('Language').selectOption('pt-BR');
			await press('Continue');
			expect(await page.getByRole('alert').innerText()).toContain('Enter a reason');
			await page.getByLabel('Reason').fill('asked by phone');
			await press('Continue');
			expect(await heading()).toBe('Register this account?');
			expect(await site.db.selectFrom('accounts').select('id').where('email', '=', email).execute()).toEqual([]);
			await press('Go back and change');
			expect(await page.getByLabel('Name').inputValue()).toBe('Ana "Prado" O\'Neill');
			await press('Continue');
			await press('Register');
			expect(await heading()).toBe(email);
			expect(await main()).toMatch(/Registered[\s\S]*Ana "Prado" O'Neill[\s\S]*On its way[\s\S]*in 24 hours/);
			expect(await main()).toMatch(/Account registered · carla@example\.com\s+“asked by phone”/);
			const account = await site.db
				.selectFrom('accounts')
				.selectAll()
				.where('email', '=', email)
				.executeTakeFirstOrThrow();
			expect(account).toMatchObject({ locale: 'pt-BR', name: 'Ana "Prado" O\'Neill', createdBy: `agent:${carla.id}` });
			const message = await site.db
				.selectFrom('messages')
				.select('id')
				.where('accountId', '=', account.id)
				.executeTakeFirstOrThrow();
			await markSent(site.db, message.id, null, site.clock.now());
			await page.reload();
			expect(await main()).toMatch(/Email with the temporary password\s+Sent November \d+/);
		});

		test('an e-mail that is taken leads to the account that has it, and sends no mail', async () => {
			const known = await registered(site);
			await page.goto('/agent/register');
			await page.getByLabel('Email').fill(known.email);
			await page.getByLabel('Reason').fill('asked');
			await press('Continue');
			expect(await heading()).toBe('This email already has an account');
			expect(await main()).toContain('Must change the password');
			await page.getByRole('link', { name: 'Open the account' }).click();
			expect(await heading()).toBe(known.email);
			const messages = await site.db.selectFrom('messages').select('id').where('accountId', '=', known.id).execute();
			expect(messages).toHaveLength(1);
		});

		test('issues a new temporary password after a reason was given', async () => {
			const person = await registered(site);
			site.clock.pass(DAY_MS);
			// The sessions of the day before are over.
			carla.token = await signedInTwice(site, carla);
			await takeSession(reader.context, site.url, carla.token);
			await page.goto(`/agent/accounts/${person.id}`);
			expect(await main()).toContain('Temporary password expired');
			await page.getByRole('link', { name: 'Issue a new temporary password' }).click();
			await press('Issue and send');
			expect(await page.getByRole('alert').innerText()).toContain('Enter a reason');
			await page.getByLabel('Reason').fill('was on holiday');
			await press('Issue and send');
			expect(await page.getByRole('status').innerText()).toContain('on its way');
			expect(await main()).toMatch(/New temporary password issued · carla@example\.com\s+“was on holiday”/);
			expect((await newest(site, person.id, 'temporary-password')).temporaryPassword).not.toBe(
				person.temporaryPassword,
			);
		});

		test('corrects the e-mail in two steps, and names the flaw of a wrong one', async () => {
			const person = await registered(site);
			const right = someEmail();
			await page.goto(`/agent/accounts/${person.id}/email`);
			await page.getByLabel('New email').fill('ana@');
			await page.getByLabel('Reason').fill('a slip');
			await press('Continue');
			expect(await page.getByRole('alert').innerText()).toContain('not an email address');
			await page.getByLabel('New email').fill(AGENT_EMAIL);
			await press('Continue');
			await press('Correct and send');
			expect(await page.getByRole('alert').innerText()).toContain('already has an account');
			await page.getByLabel('New email').fill(right);
			await press('Continue');
			expect(await main()).toMatch(new RegExp(`From\\s+${person.email}\\s+To\\s+${right}`));
			await press('Correct and send');
			expect(await heading()).toBe(right);
			expect(await main()).toMatch(/Email corrected · carla@example\.com\s+“a slip”/);
		});

		test('erases an account after a reason; its page is gone then', async () => {
			const person = await registered(site);
			await page.goto(`/agent/accounts/${person.id}`);
			await page.getByRole('link', { name: 'Erase this account' }).click();
			expect(await main()).toContain('You cannot undo it');
			await page.getByLabel('Reason').fill('asked us to');
			await press('Erase permanently');
			expect(await page.getByRole('status').innerText()).toContain('erased');
			expect((await page.goto(`/agent/accounts/${person.id}`))?.status()).toBe(404);
		});

		test('registers a list: it names wrong lines and shows the progress; the same list again sends no mail', async () => {
			const known = await registered(site);
			const [one, two] = [someEmail(), someEmail()];
			const list = `Email;Name\n${one};Ana\n${two};Bo\n${one};Again\n${known.email};Known\nnobody;No`;
			await page.goto('/agent/batches');
			await press('Check the list');
			expect(await page.getByRole('alert').innerText()).toContain('at least one person');
			await page
				.getByLabel('Or a CSV file')
				.setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
			await page.getByLabel('Reason').fill('new branch');
			await press('Check the list');
			expect(await main()).toMatch(
				/2 people will be registered[\s\S]*2 lines have a problem[\s\S]*Line 4[\s\S]*in a line above[\s\S]*Line 6[\s\S]*not an email/,
			);
			expect(await main()).toMatch(/1 person already has an account and receives nothing\.\s+/);
			const before = (await listBatches(site.api)).length;
			await press('Change the list');
			expect(await page.getByRole('textbox', { name: 'List' }).inputValue()).toBe(list);
			await press('Check the list');
			await press('Register 2');
			expect(await main()).toContain('0 of 2 done');
			const [batch, ...others] = await listBatches(site.api);
			expect(others).toHaveLength(before);
			await createBatches(site.api).registerRows({ batchId: batch?.id ?? '', limit: 5 });
			await page.reload();
			expect(await main()).toMatch(/2 of 2 done[\s\S]*Finished/);
			await page.goto(`/agent?email=${encodeURIComponent(one)}`);
			expect(await main()).toContain('Ana');
			await page.goto('/agent/batches');
			await page.getByRole('textbox', { name: 'List' }).fill(list);
			await page.getByLabel('Reason').fill('again');
			await press('Check the list');
			expect(await main()).toContain('This list contains no person to register.');
		});
	});
});
