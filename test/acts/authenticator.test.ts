import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount } from '../../acts/accounts/accounts.js';
import { confirmAuthenticator, getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { signIn, verifyTotp } from '../../acts/sign-in/sign-in.js';
import { mintTotpSecret } from '../../domain/credentials/totp.js';
import { HOUR_MS, SECOND_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('the authenticator, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(open);
	});
	afterAll(() => acts.stop());

	const confirm = (token: string, code: string) => confirmAuthenticator(acts.api, t.user(token), { code });

	/** A code that neither the secret's clock nor one that is off shows. */
	function wrongCode(secret: string): string {
		const shown = Array.from({ length: 31 }, (_, i) => t.totp(acts, secret, i - 15));
		return ['000000', '111111', '222222'].find((code) => !shown.includes(code)) ?? '333333';
	}

	test('shows the same secret and QR again and again, also after a wrong code', async () => {
		const { token, secret, email } = await t.withPassword(acts);
		const shown = t.ok(await getAuthenticator(acts.api, t.user(token)));
		expect(shown).toMatchObject({ secret, accountName: email, issuer: 'Mobile Token' });
		expect(Buffer.from(shown.qrCode.split(',')[1] ?? '', 'base64').toString()).toMatch(/^<svg.*<\/svg>/s);
		t.refused(await confirm(token, wrongCode(secret)));
		expect(t.ok(await getAuthenticator(acts.api, t.user(token)))).toEqual(shown);
	});

	test('S-16 S-18b is confirmed by the current and by the previous code of the server’s clock', async () => {
		for (const steps of [0, -1]) {
			const { token, secret, id } = await t.withPassword(acts);
			const { session } = t.ok(await confirm(token, t.totp(acts, secret, steps)));
			expect(session).toMatchObject({ assurance: 'two-factor', next: 'verify-phone' });
			expect(session?.token).not.toBe(token);
			const seen = t.ok(await getAccount(acts.api, { accountId: id }));
			expect(seen.authenticator).toEqual({ confirmedAt: acts.clock.now() });
		}
	});

	test.each([
		[1, 30],
		[-2, -60],
		[10, 300],
		[-10, -300],
	])('at enrollment the refusal says how far the phone’s clock is off: %i steps', async (steps, offset) => {
		const { token, secret } = await t.withPassword(acts);
		const refusal = t.refused(await confirm(token, t.totp(acts, secret, steps)));
		expect(refusal).toMatchObject({ refusal: 'wrong-code', clockOffsetSeconds: offset, attemptsLeft: 9 });
		expect(refusal.detail).toContain(offset > 0 ? 'ahead' : 'behind');
		expect(refusal.detail).toContain(Math.abs(offset) > 60 ? '5 minutes' : `${Math.abs(offset)} seconds`);
	});

	test('S-16 a code eleven steps off, or of another secret, is refused without an offset', async () => {
		const { token, secret } = await t.withPassword(acts);
		for (const code of [t.totp(acts, secret, 11), t.totp(acts, mintTotpSecret())]) {
			const refusal = t.refused(await confirm(token, code));
			expect(refusal.refusal).toBe('wrong-code');
			expect(refusal.clockOffsetSeconds).toBeUndefined();
		}
	});

	test('S-18a at sign-in a refusal does not say when a code becomes valid', async () => {
		const { email, secret } = await t.confirmed(acts);
		acts.clock.pass(120 * SECOND_MS);
		const { token } = t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD }));
		const answers = [];
		for (const code of [t.totp(acts, secret, 1), wrongCode(secret)]) {
			const { attemptsLeft, ...rest } = t.refused(await verifyTotp(acts.api, t.user(token), { code }));
			answers.push(rest);
		}
		expect(answers[0]).toEqual(answers[1]);
		expect(JSON.stringify(answers)).not.toMatch(/clockOffset|ahead|behind/);
	});

	test('S-17 a code accepted once is not accepted again, in any session', async () => {
		const { email, secret } = await t.confirmed(acts);
		const first = t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD }));
		const used = t.totp(acts, secret);
		expect(t.refused(await verifyTotp(acts.api, t.user(first.token), { code: used })).refusal).toBe('wrong-code');
		acts.clock.pass(30 * SECOND_MS);
		expect(t.refused(await verifyTotp(acts.api, t.user(first.token), { code: used })).refusal).toBe('wrong-code');
		const code = t.totp(acts, secret);
		expect(t.ok(await verifyTotp(acts.api, t.user(first.token), { code })).assurance).toBe('two-factor');
		const second = t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD }));
		expect(t.refused(await verifyTotp(acts.api, t.user(second.token), { code })).refusal).toBe('wrong-code');
	});

	test.each(['12345', '1234567', 'abcdef', '', '12 34'])(
		'a malformed code (%j) is refused in words, and counted as no failure',
		async (code) => {
			const { token, id } = await t.withPassword(acts);
			const refusal = t.refused(await confirm(token, code));
			expect(refusal).toMatchObject({ refusal: 'wrong-code', errors: [{ pointer: '/code', code: 'malformed' }] });
			const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
			expect(row.authenticatorFailures).toBe(0);
		},
	);

	test('a code may be typed with the space the app shows', async () => {
		const { token, secret } = await t.withPassword(acts);
		const code = t.totp(acts, secret);
		t.ok(await confirm(token, ` ${code.slice(0, 3)} ${code.slice(3)} `));
	});

	test('S-31 ten failures in a row slow down, doubling; a right code then clears them all', async () => {
		const { token, secret, id } = await t.withPassword(acts);
		const left: (number | undefined)[] = [];
		for (let i = 0; i < 10; i += 1) left.push(t.refused(await confirm(token, wrongCode(secret))).attemptsLeft);
		expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 1]);
		for (const wait of [30, 60]) {
			const slowed = t.refused(await confirm(token, t.totp(acts, secret)));
			expect(slowed).toMatchObject({ refusal: 'rate-limited', retryAfter: wait });
			acts.clock.pass(wait * SECOND_MS);
			if (wait === 30) expect(t.refused(await confirm(token, wrongCode(secret))).refusal).toBe('wrong-code');
		}
		t.ok(await confirm(token, t.totp(acts, secret)));
		const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		expect(row).toMatchObject({ authenticatorFailures: 0, authenticatorSlowedUntil: null });
	});

	test('S-31 a hundred failures in a row disable it: no Retry-After, and the workflow is signaled', async () => {
		const { token, secret, id } = await t.withPassword(acts);
		await acts.db.updateTable('accounts').set({ authenticatorFailures: 98 }).where('id', '=', id).execute();
		expect(t.refused(await confirm(token, wrongCode(secret))).attemptsLeft).toBe(1);
		acts.clock.pass(HOUR_MS - 1);
		expect(t.refused(await confirm(token, wrongCode(secret))).refusal).toBe('rate-limited');
		acts.clock.pass(5 * HOUR_MS + 1);
		await acts.db.updateTable('sessions').set({ usedAt: acts.clock.now() }).where('accountId', '=', id).execute();
		expect(t.refused(await confirm(token, wrongCode(secret))).attemptsLeft).toBe(0);
		expect(acts.told.at(-1)).toMatchObject({ accountId: id, name: 'accountLocked' });
		acts.clock.pass(30 * SECOND_MS);
		const locked = t.refused(await confirm(token, t.totp(acts, secret)));
		expect(locked.refusal).toBe('attempts-exhausted');
		expect(locked.retryAfter).toBeUndefined();
		expect(t.ok(await getAccount(acts.api, { accountId: id })).attention).toBe('locked');
	});

	test('S-41 confirming ends every other session of the account', async () => {
		const { token, secret, email } = await t.withPassword(acts);
		const other = t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD }));
		t.ok(await confirm(token, t.totp(acts, secret)));
		expect(t.refused(await getOnboarding(acts.api, t.user(other.token))).refusal).toBe('not-signed-in');
	});

	test('S-18c once the token is confirmed, no session can read the secret', async () => {
		const { token, email } = await t.confirmed(acts);
		const password = t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD })).token;
		expect(t.refused(await getAuthenticator(acts.api, t.user(token))).refusal).toBe('already-done');
		expect(t.refused(await getAuthenticator(acts.api, t.user(password))).refusal).toBe('not-permitted');
	});
});
