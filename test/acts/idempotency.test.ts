import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eraseAccount, register, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { confirmAuthenticator, getAuthenticator } from '../../acts/authenticator/authenticator.js';
import type { AgentCall } from '../../acts/door/caller.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { setPassword } from '../../acts/password/password.js';
import { issuePasscode, putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { currentSession, signIn, verifyTotp } from '../../acts/sign-in/sign-in.js';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../domain/time.js';
import { messagesOf } from '../activities/platform.js';
import { atOnce } from '../database/open-database.js';
import { DATABASES, raceOn } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'the same Idempotency-Key again, on $name',
	({ open, name }) => {
		let acts: t.Acts;
		beforeAll(async () => {
			const roomy = { passcodesPerPrefixPerHour: 1e4, passcodesPerNetworkPerHour: 1e4, passcodesPerNumberPerDay: 1e4 };
			acts = await t.openActs(open, roomy);
		});
		afterAll(() => acts.stop());

		const toldOf = (id: string) =>
			acts.told.filter(({ accountId }) => accountId === id).map(({ name: event }) => event);
		const agent = (key: string, request = 'the request', agentName = 'carla'): AgentCall => ({
			agent: agentName,
			source: '192.0.2.9',
			idempotency: { key, request },
		});

		test('gets the first answer and has no second effect', async () => {
			const { token, id } = await t.confirmed(acts);
			const put = (key: string) => putPhone(acts.api, t.user(token, key), { number: t.NUMBER });
			const first = t.ok(await put('k'));
			acts.clock.pass(5 * MINUTE_MS);
			expect(await put('k')).toEqual(first);
			expect((await messagesOf(acts, id, 'passcode')).length).toBe(1);
			acts.clock.pass(5 * MINUTE_MS);
			expect(t.ok(await put('another')).phone?.passcode?.number).toBe(2);
		});

		test('with another request is 422, and does nothing', async () => {
			const { token, id } = await t.confirmed(acts);
			t.ok(await putPhone(acts.api, t.user(token, 'k', 'PUT one'), { number: t.NUMBER }));
			const other = await putPhone(acts.api, t.user(token, 'k', 'PUT other'), { number: '+351966123456' });
			expect(t.refused(other)).toMatchObject({ refusal: 'invalid-request', status: 422 });
			expect((await messagesOf(acts, id, 'passcode')).length).toBe(1);
		});

		test('S-31 a counted refusal is repeated and not counted again', async () => {
			const { token, id, code } = await t.withPasscode(acts);
			const wrong = code === '000000' ? '000001' : '000000';
			const first = t.refused(await verifyPhone(acts.api, t.user(token, 'k'), { code: wrong }));
			for (let i = 0; i < 7; i += 1) {
				expect(await verifyPhone(acts.api, t.user(token, 'k'), { code: wrong })).toEqual(first);
			}
			const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
			expect(row.passcodeFailures).toBe(1);
		});

		test('after a refusal that counted nothing is a new attempt', async () => {
			const { token } = await t.withPasscode(acts);
			expect(t.refused(await issuePasscode(acts.api, t.user(token, 'k'), {})).refusal).toBe('resend-too-soon');
			acts.clock.pass(30 * SECOND_MS);
			t.ok(await issuePasscode(acts.api, t.user(token, 'k'), {}));
		});

		test('after a day is a new request', async () => {
			const person = await t.confirmed(acts);
			t.ok(await putPhone(acts.api, t.user(person.token, 'k', 'one'), { number: t.NUMBER }));
			acts.clock.pass(DAY_MS - 60_000);
			const token = await t.signedInTwice(acts, person);
			const reused = (request: string) => putPhone(acts.api, t.user(token, 'k', request), { number: t.NUMBER });
			expect(t.refused(await reused('other')).status).toBe(422);
			acts.clock.pass(30_000);
			expect(t.ok(await reused('other')).phone?.passcode?.number).toBe(2);
		});

		test('of another account is another key', async () => {
			const [one, two] = [await t.confirmed(acts), await t.confirmed(acts)];
			for (const { token } of [one, two]) {
				const { phone } = t.ok(await putPhone(acts.api, t.user(token, 'same', token), { number: t.NUMBER }));
				expect(phone?.passcode?.number).toBe(1);
			}
		});

		describe('with the token that the first answer rotated out', () => {
			test('within a minute it gets a session of its own and the others stay; after it the old token is not signed in', async () => {
				const { token } = await t.signedIn(acts);
				const set = () => setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD });
				const first = t.ok(await set());
				acts.clock.pass(MINUTE_MS - 1);
				const repeat = t.ok(await set());
				expect(repeat.session?.token).not.toBe(first.session?.token);
				expect({ ...repeat, session: null }).toEqual({ ...first, session: null });
				for (const live of [first, repeat]) t.ok(await currentSession(acts.api, t.user(live.session?.token)));
				acts.clock.pass(1);
				expect(t.refused(await set()).refusal).toBe('not-signed-in');
				for (const live of [first, repeat]) t.ok(await currentSession(acts.api, t.user(live.session?.token)));
			});

			test('the next rotation puts all of them out', async () => {
				const { token } = await t.signedIn(acts);
				const set = () => setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD });
				const [first, second] = [t.ok(await set()), t.ok(await set())];
				const { secret } = t.ok(await getAuthenticator(acts.api, t.user(first.session?.token)));
				t.ok(await confirmAuthenticator(acts.api, t.user(first.session?.token), { code: t.totp(acts, secret) }));
				for (const out of [token, first.session?.token, second.session?.token])
					expect(t.refused(await currentSession(acts.api, t.user(out))).refusal).toBe('not-signed-in');
			});

			test('S-17 a captured password request never reads the secret that its own session was shown', async () => {
				const { token } = await t.signedIn(acts);
				const set = () => setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD });
				const [first, replayed] = [t.ok(await set()), t.ok(await set())];
				const secrets = [first, replayed].map(async ({ session }) =>
					t.ok(await getAuthenticator(acts.api, t.user(session?.token))),
				);
				const [own, other] = await Promise.all(secrets);
				expect(own?.secret).not.toBe(other?.secret);
			});

			test('S-17 a captured password request opens no two-factor session once the token is confirmed', async () => {
				const { token } = await t.signedIn(acts);
				const set = () => setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD });
				const first = t.ok(await set());
				const { secret } = t.ok(await getAuthenticator(acts.api, t.user(first.session?.token)));
				t.ok(await confirmAuthenticator(acts.api, t.user(first.session?.token), { code: t.totp(acts, secret) }));
				expect(t.ok(await set()).session).toMatchObject({ assurance: 'password', next: 'totp' });
			});

			test('and without the key hears that it was done, for a minute; then 401', async () => {
				const { token } = await t.signedIn(acts);
				const set = () => setPassword(acts.api, t.user(token), { password: t.PASSWORD });
				t.ok(await set());
				expect(t.refused(await set())).toMatchObject({ refusal: 'already-done', step: 'confirm-authenticator' });
				expect(t.refused(await getOnboarding(acts.api, t.user(token))).refusal).toBe('not-signed-in');
				acts.clock.pass(MINUTE_MS);
				expect(t.refused(await set()).refusal).toBe('not-signed-in');
			});

			test('S-17 a captured code opens nothing a second time: its repeat hears that it was done, and the user signs in again', async () => {
				const { id, email, token, secret } = await t.withPassword(acts);
				const code = t.totp(acts, secret);
				const confirm = () => confirmAuthenticator(acts.api, t.user(token, 'k'), { code });
				const confirmed = t.ok(await confirm());
				expect(t.refused(await confirm())).toMatchObject({ refusal: 'already-done', step: 'verify-phone' });
				acts.clock.pass(30 * SECOND_MS);
				const opened = t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD }));
				const next = t.totp(acts, secret);
				const raise = () => verifyTotp(acts.api, t.user(opened.token, 'k2'), { code: next });
				const raised = t.ok(await raise());
				expect(t.refused(await raise())).toMatchObject({ refusal: 'already-done', step: 'verify-phone' });
				for (const live of [confirmed.session?.token, raised.token]) t.ok(await currentSession(acts.api, t.user(live)));
				const sessions = await acts.db.selectFrom('sessions').select('id').where('accountId', '=', id).execute();
				expect(sessions.length).toBe(2);
			});
		});

		test('no stored answer holds a token, and the request only as a keyed digest', async () => {
			const { token, id } = await t.signedIn(acts);
			const { session } = t.ok(
				await setPassword(acts.api, t.user(token, 'k', `PUT ${t.PASSWORD}`), { password: t.PASSWORD }),
			);
			const rows = await acts.db.selectFrom('answers').selectAll().where('accountId', '=', id).execute();
			expect(rows.length).toBe(1);
			expect(JSON.stringify(rows)).not.toContain(session?.token);
			expect(JSON.stringify(rows)).not.toContain(t.PASSWORD);
		});

		describe('of an agent', () => {
			test('registers once, reissues once, erases once', async () => {
				const person = { email: t.someEmail() };
				const account = t.ok(await register(acts.api, agent('r'), person));
				expect(await register(acts.api, agent('r'), person)).toEqual(account);
				expect(t.refused(await register(acts.api, agent('r', 'another'), person)).status).toBe(422);
				expect(t.refused(await register(acts.api, agent('r', 'the request', 'bruno'), person)).refusal).toBe(
					'email-taken',
				);
				const { id: accountId } = account;
				for (const _again of [1, 2]) t.ok(await reissueTemporaryPassword(acts.api, agent('i'), { accountId }));
				expect((await messagesOf(acts, accountId, 'temporary-password')).length).toBe(2);
				for (const _again of [1, 2]) expect(t.ok(await eraseAccount(acts.api, agent('e'), { accountId }))).toBeNull();
				expect(toldOf(accountId)).toEqual(['registered', 'temporaryPasswordReissued', 'accountErased']);
				expect(t.refused(await eraseAccount(acts.api, agent('e2'), { accountId })).refusal).toBe('not-found');
			});
		});

		raceOn(name, describe)('at once', () => {
			test('a user’s act has one effect and one answer for all', async () => {
				const { token, id } = await t.confirmed(acts);
				const answers = await atOnce(20, () => putPhone(acts.api, t.user(token, 'k'), { number: t.NUMBER }));
				for (const answer of answers) expect(answer).toEqual(answers[0]);
				expect((await messagesOf(acts, id, 'passcode')).length).toBe(1);
				expect(toldOf(id).filter((event) => event === 'passcodeIssued').length).toBe(1);
			});

			test('an act that rotates gives every one of them a token that lives', async () => {
				const { token, id } = await t.signedIn(acts);
				const answers = await atOnce(10, () => setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD }));
				for (const answer of answers) t.ok(await currentSession(acts.api, t.user(t.ok(answer).session?.token)));
				expect(toldOf(id).filter((event) => event === 'passwordChanged').length).toBe(1);
			});

			test('a first one that commits between the look for the session and for the answer takes no token away', async () => {
				const { token } = await t.signedIn(acts);
				const body = { password: t.PASSWORD };
				let first: Promise<unknown> | undefined;
				const meanwhile: KyselyPlugin = {
					transformQuery: ({ node }) => node,
					transformResult: async ({ result }) => {
						first ??= setPassword(acts.api, t.user(token, 'k'), body);
						await first;
						return result;
					},
				};
				const late = { ...acts.api, db: acts.db.withPlugin(meanwhile) };
				const { session } = t.ok(await setPassword(late, t.user(token, 'k'), body));
				t.ok(await currentSession(acts.api, t.user(session?.token)));
			});

			test('with different requests, one is done and the others are 422', async () => {
				const { token } = await t.withPasscode(acts);
				const numbers = [t.NUMBER, '+351966123456', '+351933123456'];
				const answers = await atOnce(9, (i) =>
					putPhone(acts.api, t.user(token, 'k', numbers[i % 3]), { number: numbers[i % 3] ?? '' }),
				);
				const done = answers.filter((answer) => 'step' in answer && !('refusal' in answer));
				expect(done.length).toBe(3);
				for (const answer of answers)
					if ('refusal' in answer) expect(['invalid-request', 'resend-too-soon']).toContain(answer.refusal);
			});

			test('an agent registers one person, once', async () => {
				const person = { email: t.someEmail() };
				const answers = await atOnce(20, () => register(acts.api, agent('at once'), person));
				const { id } = t.ok(answers[0] as never) as { id: string };
				for (const answer of answers) expect(answer).toEqual(answers[0]);
				expect(toldOf(id)).toEqual(['registered']);
				expect((await messagesOf(acts, id, 'temporary-password')).length).toBe(1);
			});
		});
	},
);
