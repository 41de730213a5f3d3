import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount } from '../../acts/accounts/accounts.js';
import { getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { setPassword } from '../../acts/password/password.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
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
		const bare = temporaryPassword.replaceAll('-', '');
		for (const password of [
			temporaryPassword,
			` ${temporaryPassword.toUpperCase()} `,
			bare,
			bare.toUpperCase(),
			`${temporaryPassword}!`,
			`my new ${bare} password`,
			[...bare].join(' '),
		]) {
			const { errors } = t.refused(await setPassword(acts.api, t.user(token), { password }));
			expect(errors?.map(({ code }) => code)).toContain('temporary');
		}
	});

	test('S-14 a password is set once, in the session that the live temporary password opened', async () => {
		const person = await t.signedIn(acts);
		t.ok(await setPassword(acts.api, t.user(person.token), { password: t.PASSWORD }));
		const { token } = t.ok(await signIn(acts.api, t.user(undefined), { email: person.email, password: t.PASSWORD }));
		const other = 'another four unrelated words';
		const again = t.refused(await setPassword(acts.api, t.user(token), { password: other }));
		expect(again).toMatchObject({ refusal: 'already-done', step: 'confirm-authenticator' });
		expect(t.refused(await setPassword(acts.api, t.user(undefined), { password: other })).refusal).toBe(
			'not-signed-in',
		);
		t.ok(await signIn(acts.api, t.user(undefined), { email: person.email, password: t.PASSWORD }));
	});

	test('S-8 two accounts with one password have digests that share nothing but their parameters', async () => {
		const digests = await Promise.all(
			[await t.withPassword(acts), await t.withPassword(acts)].map(async ({ id }) => {
				const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
				return row.passwordDigest?.split('$') ?? [];
			}),
		);
		const [one = [], two = []] = digests;
		expect(one.slice(0, 4)).toEqual(two.slice(0, 4));
		expect(one[4]).not.toBe(two[4]);
		expect(one[5]).not.toBe(two[5]);
	});

	test('a rejected password changes nothing, and the next one may be right', async () => {
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

	test('S-8 the database and the signals hold no password but as its digest', async () => {
		const { id } = await t.withPassword(acts);
		const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		expect(row.passwordDigest).toMatch(/^\$argon2id\$/);
		expect(JSON.stringify([row, acts.told])).not.toContain(t.PASSWORD);
	});
});
