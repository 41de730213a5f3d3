import { beforeEach, describe, expect, test } from 'vitest';
import { createBatches } from '../../activities/batches.js';
import { listBatches } from '../../acts/batches/batches.js';
import { markSent } from '../../database/messages.js';
import { DAY_MS } from '../../domain/time.js';
import { newest, registered, signedInTwice, someEmail } from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { AGENT_EMAIL, takeSession } from './agent-desk.js';
import { openDesk } from './at-desk.js';

const { chromium } = parts;

describe.skipIf(!chromium).each(DATABASES)('the desk on $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	const desk = openDesk(open);
	beforeEach(() => desk.sit());
	const heading = () => desk.page.getByRole('heading', { level: 1 }).innerText();
	const main = () => desk.main();
	const press = (name: string | RegExp) => desk.page.getByRole('button', { name }).click();

	describe.each([true, false])('with a script: %s', (javaScriptEnabled) => {
		beforeEach(() => desk.sit({ javaScriptEnabled }));

		test('registers in two steps, shows who, sent when, expires when, and the reason in the timeline', async () => {
			const email = someEmail();
			await desk.page.goto('/agent/register');
			await desk.page.getByLabel('Email').fill(`  ${email.toUpperCase()} `);
			await desk.page.getByLabel('Name').fill('Ana "Prado" O\'Neill');
			await desk.page.getByLabel('Language').selectOption('pt-BR');
			await press('Continue');
			expect(await desk.page.getByRole('alert').innerText()).toContain('Enter a reason');
			await desk.page.getByLabel('Reason').fill('asked by phone');
			await press('Continue');
			expect(await heading()).toBe('Register this account?');
			expect(await desk.site.db.selectFrom('accounts').select('id').where('email', '=', email).execute()).toEqual([]);
			await press('Go back and change');
			expect(await desk.page.getByLabel('Name').inputValue()).toBe('Ana "Prado" O\'Neill');
			await press('Continue');
			await press('Register');
			expect(await heading()).toBe(email);
			expect(await main()).toMatch(/Registered[\s\S]*Ana "Prado" O'Neill[\s\S]*On its way[\s\S]*in 24 hours/);
			expect(await main()).toMatch(/Account registered · carla@example\.com\s+“asked by phone”/);
			const account = await desk.site.db
				.selectFrom('accounts')
				.selectAll()
				.where('email', '=', email)
				.executeTakeFirstOrThrow();
			expect(account).toMatchObject({
				locale: 'pt-BR',
				name: 'Ana "Prado" O\'Neill',
				createdBy: `agent:${desk.carla.id}`,
			});
			const message = await desk.site.db
				.selectFrom('messages')
				.select('id')
				.where('accountId', '=', account.id)
				.executeTakeFirstOrThrow();
			await markSent(desk.site.db, message.id, null, desk.site.clock.now());
			await desk.page.reload();
			expect(await main()).toMatch(/Email with the temporary password\s+Sent November \d+/);
		});

		test('an e-mail that is taken leads to the account that has it, and sends no mail', async () => {
			const known = await registered(desk.site);
			await desk.page.goto('/agent/register');
			await desk.page.getByLabel('Email').fill(known.email);
			await desk.page.getByLabel('Reason').fill('asked');
			await press('Continue');
			expect(await heading()).toBe('This email already has an account');
			expect(await main()).toContain('Must change the password');
			await desk.page.getByRole('link', { name: 'Open the account' }).click();
			expect(await heading()).toBe(known.email);
			const messages = await desk.site.db
				.selectFrom('messages')
				.select('id')
				.where('accountId', '=', known.id)
				.execute();
			expect(messages).toHaveLength(1);
		});

		test('issues a new temporary password after a reason was given', async () => {
			const person = await registered(desk.site);
			desk.site.clock.pass(DAY_MS);
			// The sessions of the day before are over.
			desk.carla.token = await signedInTwice(desk.site, desk.carla);
			await takeSession(desk.reader.context, desk.site.url, desk.carla.token);
			await desk.page.goto(`/agent/accounts/${person.id}`);
			expect(await main()).toContain('Temporary password expired');
			await desk.page.getByRole('link', { name: 'Issue a new temporary password' }).click();
			await press('Issue and send');
			expect(await desk.page.getByRole('alert').innerText()).toContain('Enter a reason');
			await desk.page.getByLabel('Reason').fill('was on holiday');
			await press('Issue and send');
			expect(await desk.page.getByRole('status').innerText()).toContain('on its way');
			expect(await main()).toMatch(/New temporary password issued · carla@example\.com\s+“was on holiday”/);
			expect((await newest(desk.site, person.id, 'temporary-password')).temporaryPassword).not.toBe(
				person.temporaryPassword,
			);
		});

		test('corrects the e-mail in two steps, and names the flaw of a wrong one', async () => {
			const person = await registered(desk.site);
			const right = someEmail();
			await desk.page.goto(`/agent/accounts/${person.id}/email`);
			await desk.page.getByLabel('New email').fill('ana@');
			await desk.page.getByLabel('Reason').fill('a slip');
			await press('Continue');
			expect(await desk.page.getByRole('alert').innerText()).toContain('not an email address');
			await desk.page.getByLabel('New email').fill(AGENT_EMAIL);
			await press('Continue');
			await press('Correct and send');
			expect(await desk.page.getByRole('alert').innerText()).toContain('already has an account');
			await desk.page.getByLabel('New email').fill(right);
			await press('Continue');
			expect(await main()).toMatch(new RegExp(`From\\s+${person.email}\\s+To\\s+${right}`));
			await press('Correct and send');
			expect(await heading()).toBe(right);
			expect(await main()).toMatch(/Email corrected · carla@example\.com\s+“a slip”/);
		});

		test('erases an account after a reason; its page is gone then', async () => {
			const person = await registered(desk.site);
			await desk.page.goto(`/agent/accounts/${person.id}`);
			await desk.page.getByRole('link', { name: 'Erase this account' }).click();
			expect(await main()).toContain('You cannot undo it');
			await desk.page.getByLabel('Reason').fill('asked us to');
			await press('Erase permanently');
			expect(await desk.page.getByRole('status').innerText()).toContain('erased');
			expect((await desk.page.goto(`/agent/accounts/${person.id}`))?.status()).toBe(404);
		});

		test('registers a list: it names wrong lines and shows the progress; the same list again sends no mail', async () => {
			const known = await registered(desk.site);
			const [one, two] = [someEmail(), someEmail()];
			const list = `Email;Name\n${one};Ana\n${two};Bo\n${one};Again\n${known.email};Known\nnobody;No`;
			await desk.page.goto('/agent/batches');
			await press('Check the list');
			expect(await desk.page.getByRole('alert').innerText()).toContain('at least one person');
			await desk.page
				.getByLabel('Or a CSV file')
				.setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
			await desk.page.getByLabel('Reason').fill('new branch');
			await press('Check the list');
			expect(await main()).toMatch(
				/2 people will be registered[\s\S]*2 lines have a problem[\s\S]*Line 4[\s\S]*in a line above[\s\S]*Line 6[\s\S]*not an email/,
			);
			expect(await main()).toMatch(/1 person already has an account and receives nothing\.\s+/);
			const before = (await listBatches(desk.site.api)).length;
			await press('Change the list');
			expect(await desk.page.getByRole('textbox', { name: 'List' }).inputValue()).toBe(list);
			await press('Check the list');
			await press('Register 2');
			expect(await main()).toContain('0 of 2 done');
			const [batch, ...others] = await listBatches(desk.site.api);
			expect(others).toHaveLength(before);
			await createBatches(desk.site.api).registerRows({ batchId: batch?.id ?? '', limit: 5 });
			await desk.page.reload();
			expect(await main()).toMatch(/2 of 2 done[\s\S]*Finished/);
			await desk.page.goto(`/agent?email=${encodeURIComponent(one)}`);
			expect(await main()).toContain('Ana');
			await desk.page.goto('/agent/batches');
			await desk.page.getByRole('textbox', { name: 'List' }).fill(list);
			await desk.page.getByLabel('Reason').fill('again');
			await press('Check the list');
			expect(await main()).toContain('This list contains no person to register.');
		});
	});
});
