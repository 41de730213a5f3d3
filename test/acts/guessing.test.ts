import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount } from '../../acts/accounts/accounts.js';
import { eraseAccount } from '../../acts/accounts/registration.js';
import { confirmAuthenticator } from '../../acts/authenticator/authenticator.js';
import { issuePasscode } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { signIn, verifyTotp } from '../../acts/sign-in/sign-in.js';
import type { AccountRow } from '../../database/schema.js';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('guessing, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		const roomy = { passcodesPerPrefixPerHour: 1e4, passcodesPerNetworkPerHour: 1e4, passcodesPerNumberPerDay: 1e4 };
		acts = await t.openActs(open, roomy);
	});
	afterAll(() => acts.stop());

	const HOME = '192.0.2.1';
	let networks = 0;
	/** A network from which no request has come before. */
	function elsewhere(): string {
		networks += 1;
		return `2001:db8:${networks.toString(16)}::/64`;
	}
	const enter = (email: string, password: string, source: string) =>
		signIn(acts.api, { token: undefined, source }, { email, password });
	const set = (id: string, changes: Partial<AccountRow>) =>
		acts.db.updateTable('accounts').set(changes).where('id', '=', id).execute();
	const attentionOf = async (accountId: string) => t.ok(await getAccount(acts.api, { accountId })).attention;
	const wrong = (...codes: string[]) =>
		['000000', '111111', '222222'].find((code) => !codes.includes(code)) ?? '333333';

	describe('at a password, from a network of its own for each guess', () => {
		test('S-31 is slowed down over all networks after twenty, while the user’s known network goes on', async () => {
			const { email } = await t.confirmed(acts);
			for (let i = 0; i < 20; i += 1)
				expect(t.refused(await enter(email, `guess ${i}`, elsewhere())).refusal).toBe('invalid-credentials');
			expect(t.refused(await enter(email, t.PASSWORD, elsewhere()))).toMatchObject({
				refusal: 'rate-limited',
				retryAfter: 30,
			});
			t.ok(await enter(email, t.PASSWORD, HOME));
		});

		test('S-31 is forgotten by a success, and a network is known once it proved the second factor', async () => {
			const { email, secret } = await t.confirmed(acts);
			const away = elsewhere();
			acts.clock.pass(30 * SECOND_MS);
			const { token } = t.ok(await enter(email, t.PASSWORD, away));
			t.ok(await verifyTotp(acts.api, { token, source: away }, { code: t.totp(acts, secret) }));
			for (const known of [away, HOME]) {
				for (let i = 0; i < 20; i += 1) await enter(email, `guess ${i}`, elsewhere());
				expect(t.refused(await enter(email, t.PASSWORD, elsewhere())).refusal).toBe('rate-limited');
				t.ok(await enter(email, t.PASSWORD, known));
				expect(t.refused(await enter(email, 'a slip', elsewhere())).refusal).toBe('invalid-credentials');
			}
			acts.clock.pass(91 * DAY_MS);
			for (let i = 0; i < 20; i += 1) await enter(email, `guess ${i}`, elsewhere());
			expect(t.refused(await enter(email, t.PASSWORD, away)).refusal).toBe('rate-limited');
		});

		test('S-44 is slowed down alike where no account has the e-mail', async () => {
			const { email } = await t.withPassword(acts);
			const answers = async (address: string) => {
				const all: unknown[] = [];
				for (let i = 0; i < 23; i += 1) all.push(await enter(address, `guess ${i}`, elsewhere()));
				return all;
			};
			expect(await answers('nobody-has-this@example.com')).toEqual(await answers(email));
		});

		test('holds up no new user: a temporary password cannot be guessed, and its holder goes on', async () => {
			const { email, temporaryPassword } = await t.registered(acts);
			for (let i = 0; i < 20; i += 1) await enter(email, `guess ${i}`, elsewhere());
			expect(t.refused(await enter(email, 'another guess', elsewhere())).refusal).toBe('rate-limited');
			t.ok(await enter(email, temporaryPassword, elsewhere()));
		});

		test('known networks are kept without naming any, and go with the person', async () => {
			const { id } = await t.confirmed(acts);
			const known = () => acts.db.selectFrom('knownNetworks').selectAll().where('accountId', '=', id).execute();
			expect((await known()).length).toBe(1);
			expect(JSON.stringify(await known())).not.toContain(HOME);
			t.ok(await eraseAccount(acts.api, t.agent, { accountId: id }));
			expect(await known()).toEqual([]);
		});
	});

	describe('at codes', () => {
		test('S-31 twenty wrong TOTP codes in a row call for attention and tell the workflow; a right one ends it', async () => {
			const { id, email, secret } = await t.confirmed(acts);
			acts.clock.pass(30 * SECOND_MS);
			const { token } = t.ok(await enter(email, t.PASSWORD, HOME));
			const verify = (code: string) => verifyTotp(acts.api, t.user(token), { code });
			await set(id, { authenticatorFailures: 18 });
			t.refused(await verify(wrong(t.totp(acts, secret), t.totp(acts, secret, -1))));
			expect(await attentionOf(id)).toBeNull();
			await set(id, { authenticatorSlowedUntil: null });
			t.refused(await verify(wrong(t.totp(acts, secret), t.totp(acts, secret, -1))));
			expect(await attentionOf(id)).toBe('under-attack');
			expect(acts.told.at(-1)).toMatchObject({ accountId: id, name: 'attackSuspected' });
			await set(id, { authenticatorSlowedUntil: null });
			t.ok(await verify(t.totp(acts, secret)));
			expect(await attentionOf(id)).toBeNull();
			expect(acts.told.at(-1)).toMatchObject({ accountId: id, name: 'signedIn' });
		});

		test('S-31 a right code of one factor ends no attention that the other one calls for', async () => {
			const { id, token, code } = await t.withPasscode(acts);
			await set(id, { passcodeFailures: 5, authenticatorFailures: 25, underAttackAt: acts.clock.now() });
			t.ok(await verifyPhone(acts.api, t.user(token), { code }));
			expect(await attentionOf(id)).toBe('under-attack');
		});

		test('S-31 a hundred wrong SMS codes lock the SMS codes: signing in by TOTP goes on', async () => {
			const { id, email, token, code, secret } = await t.withPasscode(acts);
			await set(id, { passcodeFailures: 99 });
			t.refused(await verifyPhone(acts.api, t.user(token), { code: wrong(code) }));
			await set(id, { smsFailedAt: null });
			expect(await attentionOf(id)).toBe('locked');
			expect(t.refused(await verifyPhone(acts.api, t.user(token), { code })).refusal).toBe('attempts-exhausted');
			acts.clock.pass(30 * SECOND_MS);
			const opened = t.ok(await enter(email, t.PASSWORD, HOME));
			const raised = await verifyTotp(acts.api, t.user(opened.token), { code: t.totp(acts, secret) });
			expect(t.ok(raised).assurance).toBe('two-factor');
			expect(await attentionOf(id)).toBe('locked');
		});

		test('S-31 a hundred wrong TOTP codes lock the app’s codes: SMS codes go on', async () => {
			const { id, email, token, secret } = await t.withPasscode(acts);
			await set(id, { authenticatorFailures: 99 });
			acts.clock.pass(30 * SECOND_MS);
			const opened = t.ok(await enter(email, t.PASSWORD, HOME));
			const answer = verifyTotp(acts.api, t.user(opened.token), {
				code: wrong(t.totp(acts, secret), t.totp(acts, secret, -1)),
			});
			expect(t.refused(await answer).refusal).toBe('wrong-code');
			t.ok(await issuePasscode(acts.api, t.user(token), {}));
			t.ok(await verifyPhone(acts.api, t.user(token), { code: await t.passcodeOf(acts, id) }));
		});

		test('S-31 the wait before the next code never exceeds six hours', async () => {
			const { id, token, secret } = await t.withPassword(acts);
			await set(id, { authenticatorFailures: 70 });
			t.refused(await confirmAuthenticator(acts.api, t.user(token), { code: wrong(t.totp(acts, secret)) }));
			const refusal = await confirmAuthenticator(acts.api, t.user(token), { code: t.totp(acts, secret) });
			expect(t.refused(refusal)).toMatchObject({ refusal: 'rate-limited', retryAfter: (6 * HOUR_MS) / 1000 });
		});

		test('S-21 after its ten minutes a right code hears that it expired, a wrong one only that it is wrong', async () => {
			const { id, token, code } = await t.withPasscode(acts);
			acts.clock.pass(10 * 60 * SECOND_MS);
			expect(t.refused(await verifyPhone(acts.api, t.user(token), { code: wrong(code) }))).toMatchObject({
				refusal: 'wrong-code',
				attemptsLeft: 4,
			});
			expect(t.refused(await verifyPhone(acts.api, t.user(token), { code })).refusal).toBe('code-expired');
			const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
			expect(row.passcodeFailures).toBe(1);
		});
	});
});
