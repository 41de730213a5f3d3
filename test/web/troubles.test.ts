import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time.js';
import {
	complete,
	confirmed,
	ok,
	PASSWORD,
	passcodeOf,
	registered,
	signedIn,
	totp,
	user,
	withPasscode,
	withPassword,
} from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { launch, openReader } from './browser.js';
import { expectAt, expectRefused, logIn, proceed, readerAs } from './flow.js';
import { CONTACT, openSite, type Site } from './site.js';

const LATER = 'Remind me later. Continue to the platform';

describe.skipIf(!parts.chromium)('what goes wrong, and where the reader then stands', () => {
	let site: Site;
	let browser: Browser;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase, { policy: { passcodesPerNumberPerDay: 100 } });
		browser = await launch(parts.chromium ?? '');
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});

	test('a wrong password is refused without saying which of the two is wrong, and the email is kept', async () => {
		const { page, close } = await openReader(browser, site.url);
		await logIn(page, 'nobody@example.com', 'not the password');
		await expectRefused(page, 'The email or the password is not right');
		expect(await page.getByLabel('Email').inputValue()).toBe('nobody@example.com');
		expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
		expect(await page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid')).toBe('true');
		await close();
	});

	test('empty fields are named, each with a link to it', async () => {
		const { page, close } = await openReader(browser, site.url);
		await page.goto('/log-in');
		await proceed(page);
		await expectRefused(page, /Enter your email\.\s+Enter your password\./);
		await page.getByRole('link', { name: 'Enter your password.' }).click();
		expect(await page.evaluate(() => document.activeElement?.id)).toBe('password');
		await close();
	});

	test('the page of an expired temporary password names the contact', async () => {
		const person = await registered(site);
		site.clock.pass(DAY_MS);
		const { page, close } = await openReader(browser, site.url);
		await logIn(page, person.email, person.temporaryPassword);
		await expect
			.poll(() => page.getByRole('heading', { level: 1 }).innerText())
			.toBe('Your temporary password has expired');
		const link = page.getByRole('main').getByRole('link', { name: CONTACT });
		expect(await link.getAttribute('href')).toBe(`mailto:${CONTACT}`);
		await close();
	});

	test('all flaws of a password come at once, and the password is not shown again', async () => {
		const person = await signedIn(site);
		const { page, close } = await readerAs(browser, site, person);
		await page.goto('/set-up/password');
		await page.getByLabel('New password', { exact: true }).fill('ana prado');
		await proceed(page);
		await expectRefused(page, /Use at least 15 characters\.[\s\S]*Do not use your name in the password\./);
		expect(await page.content()).not.toContain('ana prado');
		await close();
	});

	test('the page says how far a phone’s clock is off', async () => {
		const person = await withPassword(site);
		const { page, close } = await readerAs(browser, site, person);
		await page.goto('/set-up/mobile-token');
		await page.getByLabel('Verification code').fill(totp(site, person.secret, -4));
		await proceed(page);
		await expectRefused(page, 'about 2 minutes behind. Set date and time to automatic');
		await close();
	});

	test('a code typed in Arabic digits, with a space, is the same code', async () => {
		const person = await withPassword(site);
		const { page, close } = await readerAs(browser, site, person);
		await page.goto('/set-up/mobile-token');
		const code = totp(site, person.secret).replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
		await page.getByLabel('Verification code').fill(` ${code.slice(0, 3)} ${code.slice(3)} `);
		await proceed(page);
		await expectAt(page, '/set-up/phone');
		await close();
	});

	test('a number that receives no SMS is refused at its field, and kept', async () => {
		const person = await confirmed(site);
		const { page, close } = await readerAs(browser, site, person);
		await page.goto('/set-up/phone');
		await page.getByLabel('Country code').selectOption('PT');
		await page.getByLabel('Mobile phone number').fill('21 000 00');
		await proceed(page);
		await expectRefused(page, 'This is not a valid phone number');
		expect(await page.getByLabel('Mobile phone number').inputValue()).toBe('21 000 00');
		expect(await page.getByLabel('Country code').inputValue()).toBe('PT');
		await close();
	});

	test('resend asks for a wait in words, then brings a different code to the altered number', async () => {
		const person = await withPasscode(site);
		const { page, close } = await readerAs(browser, site, person, { locale: 'en-GB' });
		await page.goto('/set-up/phone/code');
		const resend = page.getByRole('button', { name: 'Resend Code' });
		await resend.click();
		await expectRefused(page, /You can ask for another code in \d+ seconds/);
		site.clock.pass(MINUTE_MS);
		await page.goto('/set-up/phone/code');
		expect(await page.getByLabel('Send it to').inputValue()).toBe('+351 912 345 678');
		await page.getByLabel('Send it to').fill('913 456 789');
		await resend.click();
		await expect.poll(() => page.getByText('We sent code 2 to').count()).toBe(1);
		expect(await page.getByText('We sent code 2 to').innerText()).toContain('89');
		expect(await page.getByText('Only code 2 works now').count()).toBe(1);

		await page.getByLabel('Confirmation code').fill(person.code);
		await proceed(page);
		await expectRefused(page, 'Enter code 2 from the newest SMS');
		await page.getByLabel('Confirmation code').fill(await passcodeOf(site, person.id));
		await proceed(page);
		await expectAt(page, '/set-up/done', 'All done!');
		await close();
	});

	test('the page says that an SMS was not delivered, and that a code has expired', async () => {
		const person = await withPasscode(site);
		await site.db.updateTable('messages').set({ state: 'failed' }).where('accountId', '=', person.id).execute();
		const { page, close } = await readerAs(browser, site, person);
		await page.goto('/set-up/phone/code');
		expect(await page.getByRole('status').first().innerText()).toContain('The SMS could not be delivered');
		site.clock.pass(11 * MINUTE_MS);
		await page.goto('/set-up/phone/code');
		expect(await page.getByRole('status').first().innerText()).toContain('This code has expired');
		await close();
	});

	test.each(['/set-up/phone', '/set-up/phone/code'])(
		'"Remind me later" on %s leads to the platform, which asks again',
		async (path) => {
			const person = await withPasscode(site);
			const { page, close } = await readerAs(browser, site, person);
			await page.goto(path);
			await page.getByRole('button', { name: LATER }).click();
			await expectAt(page, '/', 'Your account');
			expect(await page.getByText(/We will ask you again on/).count()).toBe(1);
			await page.getByRole('link', { name: 'Add a fallback phone' }).click();
			await expectAt(page, '/set-up/phone');
			await close();
		},
	);

	test('after the date of the reminder a login leads to the phone, and it can be verified then', async () => {
		const person = await complete(site);
		await site.db
			.updateTable('accounts')
			.set({ phoneVerifiedAt: null, phoneNumber: null, phoneDeferredUntil: site.clock.now() })
			.where('id', '=', person.id)
			.execute();
		site.clock.pass(2 * HOUR_MS);
		const { page, close } = await openReader(browser, site.url);
		await logIn(page, person.email, PASSWORD);
		await expectAt(page, '/log-in/code');
		await page.getByLabel('Verification code').fill(totp(site, person.secret));
		await proceed(page);
		await expectAt(page, '/set-up/phone');
		expect(await page.getByText('You asked us to remind you').count()).toBe(1);
		await page.getByLabel('Mobile phone number').fill('+351 914 567 890');
		await proceed(page);
		await expectAt(page, '/set-up/phone/code');
		await page.getByLabel('Confirmation code').fill(await passcodeOf(site, person.id));
		await proceed(page);
		await expectAt(page, '/set-up/done', 'All done!');
		expect(ok(await getOnboarding(site.api, user((await page.context().cookies())[0]?.value)))).toMatchObject({
			step: 'complete',
		});
		await close();
	});

	test('a session that ended says so, and the reader goes on where they stopped', async () => {
		const person = await withPasscode(site);
		const { page, close } = await readerAs(browser, site, person);
		site.clock.pass(2 * HOUR_MS);
		await page.goto('/set-up/phone/code');
		await expectAt(page, '/log-in', 'Log In');
		expect(await page.getByRole('status').innerText()).toContain('Your session has ended');
		await logIn(page, person.email, PASSWORD);
		await expectAt(page, '/log-in/code');
		await page.getByLabel('Verification code').fill(totp(site, person.secret));
		await proceed(page);
		await expectAt(page, '/set-up/phone');
		await close();
	});

	test('S-31 after ten wrong codes the page says how long to wait, and no code passes before', async () => {
		const person = await complete(site);
		const { page, close } = await openReader(browser, site.url);
		site.clock.pass(MINUTE_MS);
		await logIn(page, person.email, PASSWORD);
		await expectAt(page, '/log-in/code');
		for (let n = 0; n < 10; n += 1) {
			await page.getByLabel('Verification code').fill('000000');
			await proceed(page);
			await page.waitForLoadState();
		}
		await page.getByLabel('Verification code').fill(totp(site, person.secret));
		await proceed(page);
		await expectRefused(page, 'Too many attempts. Wait 30 seconds');
		await close();
	});
});
