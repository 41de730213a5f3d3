import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount } from '../../acts/accounts/accounts.js';
import { getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { setPassword } from '../../acts/password/password.js';
import { messagesOf } from '../activities/platform.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('setting the password, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(open);
	});
	afterAll(() => acts.stop());

	test('S-5 says all that is wrong at once, each in words and by where it stands', async () => {
		const { token, email } = await t.signedIn(acts, 'ana.p@example.com');
		const refusal = t.refused(await setPassword(acts.api, t.user(token), { password: 'ana.p' }));
		expect(refusal.refusal).toBe('password-rejected');
		expect(refusal.errors?.map(({ code }) => code)).toEqual(['too-short', 'contains-email', 'guessable']);
		for (const error of refusal.errors ?? []) {
			expect(error.pointer).toBe('/password');
			expect(error.detail).toMatch(/^[A-Z].+\.$/);
			expect(refusal.detail).toContain(error.detail);
		}
		expect(JSON.stringify(refusal)).not.toContain(email);
	});

	test('S-10 the temporary password can never become the password, however it is typed', async () => {
		const { token, temporaryPassword } = await t.signedIn(acts);
		for (const password of [temporaryPassword, ` ${temporaryPassword.toUpperCase()} `]) {
			const { errors } = t.refused(await setPassword(acts.api, t.user(token), { password }));
			expect(errors?.map(({ code }) => code)).toContain('temporary');
		}
	});

	test('a rejected one changes nothing, and the next may be right', async () => {
		const { token, id } = await t.signedIn(acts);
		t.refused(await setPassword(acts.api, t.user(token), { password: 'short' }));
		expect(t.ok(await getOnboarding(acts.api, t.user(token))).step).toBe('change-password');
		expect(acts.told.filter(({ accountId }) => accountId === id).length).toBe(1);
		t.ok(await setPassword(acts.api, t.user(token), { password: t.PASSWORD }));
	});

	test('S-41 rotates the session’s token, ends the others, and voids the mail that was still to go', async () => {
		const { token, id } = await t.signedIn(acts);
		const { session } = t.ok(await setPassword(acts.api, t.user(token), { password: t.PASSWORD }));
		expect(session).toMatchObject({ assurance: 'password', next: 'confirm-authenticator' });
		expect(session?.token).not.toBe(token);
		expect(t.refused(await getOnboarding(acts.api, t.user(token))).refusal).toBe('not-signed-in');
		expect(await messagesOf(acts, id, 'temporary-password')).toMatchObject([{ state: 'void', params: null }]);
		expect(t.ok(await getAccount(acts.api, { accountId: id })).temporaryPassword.state).toBe('used');
	});

	test('S-15 S-18c mints the TOTP secret in the same act; at rest it is sealed', async () => {
		const { token, id, secret } = await t.withPassword(acts);
		const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		expect(row.temporaryPasswordDigest).toBeNull();
		expect(JSON.stringify(row)).not.toContain(secret);
		expect(t.ok(await getAuthenticator(acts.api, t.user(token))).secret).toBe(secret);
	});

	test('no password is stored or told, but for its digest', async () => {
		const { id } = await t.withPassword(acts);
		const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		expect(row.passwordDigest).toMatch(/^\$argon2id\$/);
		expect(JSON.stringify([row, acts.told])).not.toContain(t.PASSWORD);
	});
});
