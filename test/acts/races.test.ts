import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { correctEmail, eraseAccount, register, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { confirmAuthenticator } from '../../acts/authenticator/authenticator.js';
import { setPassword } from '../../acts/password/password.js';
import { deferPhone, issuePasscode, putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { currentSession, signIn, signOut, verifyTotp } from '../../acts/sign-in/sign-in.js';
import { DEFAULT_POLICY } from '../../domain/policy.js';
import { isRefusal } from '../../domain/refusal.js';
import { DAY_MS } from '../../domain/time.js';
import { messagesOf, workOn } from '../activities/platform.js';
import { atOnce } from '../database/open-database.js';
import { postgresDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import * as t from './acts.js';

describe.skipIf(!parts.postgres)('acts at once', () => {
	let acts: t.Acts;
	beforeAll(async () => {
		const roomy = { passcodesPerPrefixPerHour: 1e4, passcodesPerNetworkPerHour: 1e4, passcodesPerNumberPerDay: 1e4 };
		acts = await t.openActs(postgresDatabase, { ...roomy, signInsPerNetworkPerHour: 1e4 });
	});
	afterAll(() => acts.stop());

	const rowOf = (id: string) =>
		acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	const codes = (answers: unknown[]) => answers.map((answer) => (isRefusal(answer) ? answer.refusal : 'done'));
	const winners = (answers: unknown[]) => codes(answers).filter((code) => code === 'done').length;
	const toldOf = (id: string, name: string) =>
		acts.told.filter((told) => told.accountId === id && told.name === name).length;

	describe('of two tabs one wins, the act has one effect, and the other tab learns the step', () => {
		test('the password is set', async () => {
			const { token, id } = await t.signedIn(acts);
			const answers = await atOnce(4, (i) => setPassword(acts.api, t.user(token), { password: `${t.PASSWORD} ${i}` }));
			expect(codes(answers).sort()).toEqual(['already-done', 'already-done', 'already-done', 'done']);
			expect(toldOf(id, 'passwordChanged')).toBe(1);
			const { email } = await rowOf(id);
			const won = answers.findIndex((answer) => !isRefusal(answer));
			t.ok(await signIn(acts.api, t.user(undefined), { email: email ?? '', password: `${t.PASSWORD} ${won}` }));
		});

		test('S-17 the token is confirmed', async () => {
			const { token, id, secret } = await t.withPassword(acts);
			const answers = await atOnce(4, () =>
				confirmAuthenticator(acts.api, t.user(token), { code: t.totp(acts, secret) }),
			);
			expect(codes(answers).sort()).toEqual(['already-done', 'already-done', 'already-done', 'done']);
			expect(toldOf(id, 'authenticatorConfirmed')).toBe(1);
		});

		test('S-17 one TOTP code opens one session, also over several sign-ins', async () => {
			const { email, secret } = await t.confirmed(acts);
			acts.clock.pass(30_000);
			const tokens = await atOnce(
				5,
				async () => t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD })).token,
			);
			const code = t.totp(acts, secret);
			expect(winners(await atOnce(5, (i) => verifyTotp(acts.api, t.user(tokens[i]), { code })))).toBe(1);
		});

		test('S-43 a passcode is issued', async () => {
			const { token, id } = await t.confirmed(acts);
			const answers = await atOnce(6, (i) => putPhone(acts.api, t.user(token), { number: `+35191234567${i}` }));
			expect(winners(answers)).toBe(1);
			acts.clock.pass(30_000);
			expect(winners(await atOnce(6, () => issuePasscode(acts.api, t.user(token), {})))).toBe(1);
			expect((await messagesOf(acts, id, 'passcode')).map(({ state }) => state).sort()).toEqual(['queued', 'void']);
		});

		test('S-12 the phone is verified, or deferred, or both: never half', async () => {
			const { token, id, code } = await t.withPasscode(acts);
			const answers = await atOnce(4, () => verifyPhone(acts.api, t.user(token), { code }));
			expect(codes(answers).sort()).toEqual(['already-done', 'already-done', 'already-done', 'done']);
			expect(toldOf(id, 'phoneVerified')).toBe(1);
			const other = await t.withPasscode(acts);
			await Promise.all([
				verifyPhone(acts.api, t.user(other.token), { code: other.code }),
				deferPhone(acts.api, t.user(other.token)),
			]);
			expect(await rowOf(other.id)).toMatchObject({ phoneNumber: t.NUMBER, reminderDueAt: null });
		});

		test('S-10 a temporary password opens one session', async () => {
			const { email, temporaryPassword } = await t.registered(acts);
			const sessions = await atOnce(5, async () =>
				t.ok(await signIn(acts.api, t.user(undefined), { email, password: temporaryPassword })),
			);
			expect(winners(await atOnce(5, (i) => currentSession(acts.api, t.user(sessions[i]?.token))))).toBe(1);
		});
	});

	describe('S-31 of a hundred guesses, no more are compared than the limit allows', () => {
		test('passwords', async () => {
			const { email } = await t.registered(acts);
			const answers = await atOnce(100, (i) => signIn(acts.api, t.user(undefined), { email, password: `guess ${i}` }));
			expect(codes(answers).filter((code) => code === 'invalid-credentials').length).toBe(
				DEFAULT_POLICY.passwordFailuresBeforeSlowDown,
			);
		});

		test('TOTP codes', async () => {
			const { token, id, secret } = await t.withPassword(acts);
			const shown = Array.from({ length: 31 }, (_, i) => t.totp(acts, secret, i - 15));
			const guesses = Array.from({ length: 200 }, (_, i) => String(i).padStart(6, '0')).filter(
				(guess) => !shown.includes(guess),
			);
			const answers = await atOnce(100, (i) =>
				confirmAuthenticator(acts.api, t.user(token), { code: guesses[i] ?? '' }),
			);
			expect(codes(answers).filter((code) => code === 'wrong-code').length).toBe(10);
			expect((await rowOf(id)).authenticatorFailures).toBe(10);
		});

		test('passcodes', async () => {
			const { token, id, code } = await t.withPasscode(acts);
			const guesses = Array.from({ length: 101 }, (_, i) => String(i).padStart(6, '0')).filter(
				(guess) => guess !== code,
			);
			const answers = await atOnce(100, (i) => verifyPhone(acts.api, t.user(token), { code: guesses[i] ?? '' }));
			expect(codes(answers).filter((answer) => answer === 'wrong-code').length).toBe(5);
			expect((await rowOf(id)).passcodeFailures).toBe(5);
		});
	});

	describe('a user and an agent', () => {
		test('a reissue and a change of the password: the first one is done whole, the other not at all', async () => {
			for (let i = 0; i < 6; i += 1) {
				const { token, id } = await t.signedIn(acts);
				const [changed, reissued] = await Promise.all([
					setPassword(acts.api, t.user(token), { password: t.PASSWORD }),
					reissueTemporaryPassword(acts.api, t.agent, { accountId: id }),
				]);
				expect(winners([changed, reissued])).toBe(1);
				const row = await rowOf(id);
				expect(row.passwordChangedAt === null).toBe(row.passwordDigest === null);
				expect(row.passwordChangedAt === null).toBe(row.temporaryPasswordDigest !== null);
			}
		});

		test('signing out beside an act of the same session: at least one is done, and what was done holds', async () => {
			for (let i = 0; i < 6; i += 1) {
				const { token, id, secret } = await t.withPassword(acts);
				const answers = await Promise.all([
					confirmAuthenticator(acts.api, t.user(token), { code: t.totp(acts, secret) }),
					signOut(acts.api, t.user(token)),
				]);
				for (const code of codes(answers)) expect(['done', 'not-signed-in']).toContain(code);
				expect(winners(answers)).toBeGreaterThan(0);
				const [confirmed, signedOut] = answers;
				expect((await rowOf(id)).authenticatorConfirmedAt !== null).toBe(!isRefusal(confirmed));
				const tokens = isRefusal(confirmed) ? [token] : [token, confirmed.session?.token];
				const live = await atOnce(tokens.length, (i) => currentSession(acts.api, t.user(tokens[i])));
				expect(winners(live)).toBe(isRefusal(signedOut) ? 1 : 0);
			}
		});

		test('an erasure beside other acts leaves no personal data behind', async () => {
			for (let i = 0; i < 4; i += 1) {
				const { token, id, code } = await t.withPasscode(acts);
				const [sms] = await messagesOf(acts, id, 'passcode');
				const { work } = workOn(acts);
				await Promise.all([
					verifyPhone(acts.api, t.user(token, 'k'), { code }),
					work.deliverSms({ messageId: sms?.id ?? '' }),
					eraseAccount(acts.api, t.agent, { accountId: id }),
					work.loadFacts({ accountId: id }),
				]);
				expect(await rowOf(id)).toMatchObject({ email: null, phoneNumber: null, erasedAt: acts.clock.now() });
				const left = await acts.db.selectFrom('answers').select('answer').where('accountId', '=', id).execute();
				expect(JSON.stringify(left)).not.toContain('351');
			}
		});

		test('an erasure beside repeats, sign-ins and sign-outs leaves no session and no network behind', async () => {
			for (let round = 0; round < 3; round += 1) {
				const { id, email, token } = await t.signedIn(acts);
				const set = () => setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD });
				const first = t.ok(await set()).session?.token;
				const other = t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD })).token;
				await atOnce(20, (i): Promise<unknown> => {
					if (i === 10) return eraseAccount(acts.api, t.agent, { accountId: id });
					if (i % 5 === 1) return signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD });
					return i % 5 === 2 ? signOut(acts.api, t.user(i === 12 ? first : other)) : set();
				});
				expect(await acts.db.selectFrom('sessions').select('id').where('accountId', '=', id).execute()).toEqual([]);
				const networks = acts.db.selectFrom('events').select('name').where('accountId', '=', id);
				expect(await networks.where('source', '=', t.user(token).source).execute()).toEqual([]);
			}
		});

		test('an e-mail belongs to one account', async () => {
			const email = t.someEmail();
			expect(winners(await atOnce(5, () => register(acts.api, t.agent, { email })))).toBe(1);
			const [one, two] = [await t.registered(acts), await t.registered(acts)];
			const address = t.someEmail();
			const answers = await Promise.all([
				correctEmail(acts.api, t.agent, { accountId: one.id, email: address }),
				correctEmail(acts.api, t.agent, { accountId: two.id, email: address.toUpperCase() }),
				register(acts.api, t.agent, { email: address }),
			]);
			expect(codes(answers).sort()).toEqual(['done', 'email-taken', 'email-taken']);
		});
	});

	test('deliveries, reissues and readings of facts at once never deadlock', async () => {
		const { id } = await t.registered(acts);
		const { work } = workOn(acts);
		await atOnce(100, async (i) => {
			if (i % 4 === 0) return reissueTemporaryPassword(acts.api, t.agent, { accountId: id });
			if (i % 4 === 1) return work.loadFacts({ accountId: id });
			if (i % 4 === 2) return work.giveUpMessages({ accountId: id });
			const [newest] = await messagesOf(acts, id, 'temporary-password');
			return work.deliverEmail({ messageId: newest?.id ?? '' });
		});
		const row = await rowOf(id);
		const lived = Date.parse(row.temporaryPasswordExpiresAt) - Date.parse(acts.clock.now());
		expect(lived).toBe(DAY_MS);
	});
});
