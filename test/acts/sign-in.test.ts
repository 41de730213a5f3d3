import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { correctEmail, eraseAccount, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { setPassword } from '../../acts/password/password.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time.js';
import { messagesOf, workOn } from '../activities/platform.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('signing in, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(open, { signInsPerNetworkPerHour: 10_000 });
	});
	afterAll(() => acts.stop());

	const enter = (email: string, password: string, source = '192.0.2.1') =>
		signIn(acts.api, { token: undefined, source }, { email, password });
	const codeOf = async (answer: Promise<unknown>) => t.refused(await answer).refusal;

	test('S-44 an unknown e-mail and a wrong password get the same answer', async () => {
		const { email } = await t.registered(acts);
		const unknown = t.refused(await enter('nobody@example.com', 'whatever it is'));
		expect(unknown).toMatchObject({ refusal: 'invalid-credentials' });
		expect(t.refused(await enter(email, 'whatever it is'))).toEqual(unknown);
		const person = await t.withPassword(acts);
		expect(t.refused(await enter(person.email, 'whatever it is'))).toEqual(unknown);
	});

	test('S-46 the audit records a refused sign-in, without the typed password', async () => {
		const { email, id } = await t.registered(acts);
		await enter(email, 'hunter2-hunter2');
		const events = await acts.db.selectFrom('events').selectAll().where('accountId', '=', id).execute();
		expect(events.at(-1)).toMatchObject({ name: 'signInRefused', reason: 'wrong-password', source: '192.0.2.1' });
		expect(JSON.stringify(events)).not.toContain('hunter2');
	});

	test.each([
		['spaces around it', (typed: string) => `  ${typed}\n`],
		['capitals', (typed: string) => typed.toUpperCase()],
	])('a temporary password typed with %s is the same', async (_how, type) => {
		const { email, temporaryPassword } = await t.registered(acts);
		expect(t.ok(await enter(` ${email.toUpperCase()}`, type(temporaryPassword))).step).toBe('change-password');
	});

	test('S-4 a password is compared exactly, spaces and capitals included', async () => {
		const { email } = await t.withPassword(acts);
		t.ok(await enter(email, t.PASSWORD));
		for (const other of [` ${t.PASSWORD}`, `${t.PASSWORD} `, t.PASSWORD.toUpperCase()]) {
			expect(await codeOf(enter(email, other))).toBe('invalid-credentials');
		}
	});

	test('S-7 a password stays valid: nothing asks for another one after five years', async () => {
		const { email, token } = await t.complete(acts);
		expect(token).toBeTruthy();
		acts.clock.pass(5 * 365 * DAY_MS);
		expect(t.ok(await enter(email, t.PASSWORD))).toMatchObject({ assurance: 'password', next: 'totp' });
	});

	describe('S-12 S-36 the end of the temporary password', () => {
		test('is 24 hours after it was made, if its mail was never handed over: not a millisecond sooner or later', async () => {
			const { email, temporaryPassword } = await t.registered(acts);
			const made = acts.clock.now();
			acts.clock.set(after(made, DAY_MS - 1));
			const session = t.ok(await enter(email, temporaryPassword));
			expect(session.expiresAt).toBe(after(made, DAY_MS));
			acts.clock.set(after(made, DAY_MS));
			const expired = t.refused(await enter(email, temporaryPassword));
			expect(expired).toMatchObject({ refusal: 'temporary-password-expired', step: 'temporary-password-expired' });
			expect(expired.detail).toContain('support@example.com');
			expect(await codeOf(getOnboarding(acts.api, t.user(session.token)))).toBe('not-signed-in');
			expect(await codeOf(setPassword(acts.api, t.user(session.token), { password: t.PASSWORD }))).toBe(
				'not-signed-in',
			);
		});

		test('is 24 hours after its mail was handed over, and live sessions follow', async () => {
			const { email, id, temporaryPassword } = await t.registered(acts);
			const session = t.ok(await enter(email, temporaryPassword));
			acts.clock.pass(30 * MINUTE_MS);
			const [mail] = await messagesOf(acts, id, 'temporary-password');
			await workOn(acts).work.deliverEmail({ messageId: mail?.id ?? '' });
			const handedOver = acts.clock.now();
			const { temporaryPasswordExpiresAt } = t.ok(await getOnboarding(acts.api, t.user(session.token)));
			expect(temporaryPasswordExpiresAt).toBe(after(handedOver, DAY_MS));
			acts.clock.set(after(handedOver, DAY_MS - 1));
			t.ok(await enter(email, temporaryPassword));
			acts.clock.set(after(handedOver, DAY_MS));
			expect(await codeOf(enter(email, temporaryPassword))).toBe('temporary-password-expired');
		});

		test('only the holder of the right temporary password learns of it', async () => {
			const { email } = await t.registered(acts);
			acts.clock.pass(2 * DAY_MS);
			expect(await codeOf(enter(email, 'something else'))).toBe('invalid-credentials');
		});

		test('in the middle of setting the password: nothing is set', async () => {
			const { token, id, account } = await t.signedIn(acts);
			acts.clock.set(after(account.temporaryPassword.expiresAt, -1));
			await acts.db.updateTable('sessions').set({ usedAt: acts.clock.now() }).where('accountId', '=', id).execute();
			// The clock moves on while the password is being hashed.
			const running = () => {
				acts.clock.pass(1);
				return after(acts.clock.now(), -1);
			};
			const late = { ...acts.api, clock: { now: running } };
			t.refused(await setPassword(late, t.user(token), { password: t.PASSWORD }));
			const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
			expect(row.passwordChangedAt).toBeNull();
		});
	});

	describe('S-10 a temporary password opens nothing', () => {
		test('once another was issued, with the session it opened', async () => {
			const { email, id, temporaryPassword, token } = await t.signedIn(acts);
			acts.clock.pass(1);
			t.ok(await reissueTemporaryPassword(acts.api, t.agent, { accountId: id }));
			expect(await codeOf(enter(email, temporaryPassword))).toBe('invalid-credentials');
			expect(await codeOf(setPassword(acts.api, t.user(token), { password: t.PASSWORD }))).toBe('not-signed-in');
			const again = await t.newest(acts, id, 'temporary-password');
			t.ok(await enter(email, again.temporaryPassword ?? ''));
		});

		test('once it was changed, also after it would have expired', async () => {
			const { email, temporaryPassword } = await t.withPassword(acts);
			expect(await codeOf(enter(email, temporaryPassword))).toBe('invalid-credentials');
			acts.clock.pass(2 * DAY_MS);
			expect(await codeOf(enter(email, temporaryPassword))).toBe('invalid-credentials');
		});

		test('once its address was corrected, and once the account was erased', async () => {
			const { email, id, temporaryPassword, token } = await t.signedIn(acts);
			const right = t.someEmail();
			acts.clock.pass(1);
			t.ok(await correctEmail(acts.api, t.agent, { accountId: id, email: right }));
			for (const address of [email, right])
				expect(await codeOf(enter(address, temporaryPassword))).toBe('invalid-credentials');
			expect(await codeOf(getOnboarding(acts.api, t.user(token)))).toBe('not-signed-in');
			const { temporaryPassword: fresh = '' } = await t.newest(acts, id, 'temporary-password');
			t.ok(await eraseAccount(acts.api, t.agent, { accountId: id }));
			expect(await codeOf(enter(right, fresh))).toBe('invalid-credentials');
		});
	});

	test('S-10 signing in again with a live temporary password ends the session before', async () => {
		const { email, temporaryPassword, token } = await t.signedIn(acts);
		const second = t.ok(await enter(email, temporaryPassword));
		expect(await codeOf(getOnboarding(acts.api, t.user(token)))).toBe('not-signed-in');
		t.ok(await getOnboarding(acts.api, t.user(second.token)));
	});

	test('S-9 a digest of weaker parameters is made anew at sign-in, and still opens', async () => {
		const { email, id } = await t.withPassword(acts);
		const { hash } = await import('@node-rs/argon2');
		const passwordDigest = await hash(t.PASSWORD, { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 });
		await acts.db.updateTable('accounts').set({ passwordDigest, passwordTag: null }).where('id', '=', id).execute();
		t.ok(await enter(email, t.PASSWORD));
		const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		expect(row.passwordDigest).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		t.ok(await enter(email, t.PASSWORD));
	});

	describe('S-31 the slow-down', () => {
		test('counts one e-mail from one network, so a stranger cannot lock a user out', async () => {
			const { email, temporaryPassword } = await t.registered(acts);
			for (let i = 0; i < 10; i += 1)
				expect(await codeOf(enter(email, `wrong ${i}`, '198.51.100.7'))).toBe('invalid-credentials');
			const slowed = t.refused(await enter(email, temporaryPassword, '198.51.100.7'));
			expect(slowed).toMatchObject({ refusal: 'rate-limited', retryAfter: 30 });
			t.ok(await enter(email, temporaryPassword, '192.0.2.1'));
			acts.clock.pass(30_000);
			t.ok(await enter(email, temporaryPassword, '198.51.100.7'));
		});

		test('S-44 is the same for a known and for an unknown e-mail', async () => {
			const { email } = await t.registered(acts);
			const answers = async (address: string) => {
				const all: unknown[] = [];
				for (let i = 0; i < 12; i += 1) all.push(await enter(address, 'wrong', '198.51.100.8'));
				return all;
			};
			expect(await answers('nobody-at-all@example.com')).toEqual(await answers(email));
		});

		test('stops a network that tries many e-mails', async () => {
			const tight = { ...acts.api, policy: { ...acts.api.policy, signInsPerNetworkPerHour: 3 } };
			const spray = (i: number) =>
				signIn(
					tight,
					{ token: undefined, source: '198.51.100.9' },
					{ email: `p${i}@example.com`, password: 'Spring2026!' },
				);
			for (let i = 0; i < 3; i += 1) expect(t.refused(await spray(i)).refusal).toBe('invalid-credentials');
			expect(t.refused(await spray(3))).toMatchObject({ refusal: 'rate-limited', retryAfter: HOUR_MS / 1000 });
		});
	});
});
