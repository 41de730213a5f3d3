import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { ar } from '../../web/words/ar.js';
import { en } from '../../web/words/en.js';
import { es } from '../../web/words/es.js';
import { pt } from '../../web/words/pt.js';
import { complete, confirmed, ok, PASSWORD, signedIn, user, withPasscode, withPassword } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { openSite, type Site } from './site.js';

describe('the fields for passwords and codes', () => {
	let site: Site;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase);
	});
	afterAll(() => site?.close());

	/** The tag of the field with this id. */
	async function fieldOf(path: string, id: string, token = ''): Promise<string> {
		const answer = await fetch(`${site.url}${path}`, { redirect: 'manual', headers: { Cookie: `session=${token}` } });
		expect(answer.status, path).toBe(200);
		const html = await answer.text();
		return html.match(/<input[^>]*>/g)?.find((tag) => tag.includes(` id="${id}"`)) ?? '';
	}

	test('S-6 passwords are masked, and password managers may fill, keep and paste them', async () => {
		const { token } = await signedIn(site);
		for (const [tag, use] of [
			[await fieldOf('/log-in', 'password'), 'current-password'],
			[await fieldOf('/set-up/password', 'password', token), 'new-password'],
		] as const) {
			expect(tag).toContain('type="password"');
			expect(tag).toContain(`autocomplete="${use}"`);
			expect(tag).not.toMatch(/maxlength|readonly|pattern|onpaste/i);
		}
		expect(await fieldOf('/log-in', 'email')).toContain('autocomplete="username"');
	});

	test('S-25 S-27 the page that asks for a number says the risk of SMS, and lets the user go on without it', async () => {
		const { id, token } = await confirmed(site);
		for (const [language, words] of Object.entries({ en, pt, es, ar })) {
			await site.db.updateTable('accounts').set({ locale: language }).where('id', '=', id).execute();
			const headers = { Cookie: `session=${token}`, 'Accept-Language': language };
			const page = await (await fetch(`${site.url}/set-up/phone`, { headers })).text();
			expect(page, language).toContain(words.phone.smallPrint);
			expect(page, language).toContain(words.phone.title);
			expect(page).toContain('value="later"');
		}
	});

	test('S-49 a code may be pasted, and filled in by the phone or a password manager', async () => {
		const enrolling = await withPassword(site);
		const waiting = await withPasscode(site);
		const returning = await complete(site);
		const session = ok(await signIn(site.api, user(undefined), { email: returning.email, password: PASSWORD }));
		for (const [path, token] of [
			['/set-up/mobile-token', enrolling.token],
			['/set-up/phone/code', waiting.token],
			['/log-in/code', session.token],
		] as const) {
			const tag = await fieldOf(path, 'code', token);
			expect(tag, path).toContain('autocomplete="one-time-code"');
			expect(tag, path).toContain('inputmode="numeric"');
			expect(tag, path).not.toMatch(/maxlength|readonly|pattern|onpaste/i);
		}
	});
});
