import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount, listEvents, listMessages } from '../../acts/accounts/accounts.js';
import { correctEmail, eraseAccount, register, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import type { AgentCall } from '../../acts/door/caller.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { setPassword } from '../../acts/password/password.js';
import { putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { after, DAY_MS } from '../../domain/time.js';
import { messagesOf, workOn } from '../activities/platform.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('what agents do, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(open, { passcodesPerPrefixPerHour: 1e4, passcodesPerNumberPerDay: 1e4 });
	});
	afterAll(() => acts.stop());

	const reissue = (accountId: string) =>
		reissueTemporaryPassword(acts.api, t.agent, { accountId, reason: 'it expired' });
	const correct = (accountId: string, email: string) => correctEmail(acts.api, t.agent, { accountId, email });
	const names = async (accountId: string) =>
		t.ok(await listEvents(acts.api, { accountId })).items.map(({ name }) => name);

	test('S-11 an agent never sees a secret: not in the account, its messages or its events', async () => {
		const { id, temporaryPassword, code, secret } = await t.withPasscode(acts);
		const seen = JSON.stringify([
			t.ok(await getAccount(acts.api, { accountId: id })),
			t.ok(await listMessages(acts.api, { accountId: id })),
			t.ok(await listEvents(acts.api, { accountId: id })),
		]);
		for (const secretText of [temporaryPassword, code, secret, t.NUMBER, t.PASSWORD])
			expect(seen).not.toContain(secretText);
	});

	test('an e-mail is registered once, however it is written', async () => {
		const { email, id } = await t.registered(acts);
		const again = t.refused(await register(acts.api, t.agent, { email: ` ${email.toUpperCase()} ` }));
		expect(again).toMatchObject({ refusal: 'email-taken', errors: [{ pointer: '/email' }] });
		expect((await messagesOf(acts, id, 'temporary-password')).length).toBe(1);
	});

	test('S-10 a reissue ends the old temporary password, its session and its unsent mail, and starts 24 hours anew', async () => {
		const { id, token, temporaryPassword } = await t.signedIn(acts);
		acts.clock.pass(2 * DAY_MS);
		expect(t.ok(await getAccount(acts.api, { accountId: id }))).toMatchObject({
			step: 'temporary-password-expired',
			// No worker runs here, so the mail never left.
			attention: 'email-delayed',
		});
		const account = t.ok(await reissue(id));
		expect(account).toMatchObject({
			step: 'change-password',
			attention: null,
			temporaryPassword: { state: 'queued', expiresAt: after(acts.clock.now(), DAY_MS) },
		});
		expect((await messagesOf(acts, id, 'temporary-password')).map(({ state }) => state)).toEqual(['queued', 'void']);
		expect((await t.newest(acts, id, 'temporary-password')).temporaryPassword).not.toBe(temporaryPassword);
		expect(t.refused(await getOnboarding(acts.api, t.user(token))).refusal).toBe('not-signed-in');
		const { items } = t.ok(await listEvents(acts.api, { accountId: id }));
		expect(items.at(-1)).toMatchObject({ name: 'temporaryPasswordReissued', actor: 'carla', reason: 'it expired' });
	});

	test('S-33 once the user has set a password, no agent can replace it or its address', async () => {
		const { id } = await t.withPassword(acts);
		for (const late of [await reissue(id), await correct(id, t.someEmail())]) {
			expect(t.refused(late)).toMatchObject({ refusal: 'already-done', step: 'confirm-authenticator' });
		}
		expect(await names(id)).not.toContain('temporaryPasswordReissued');
	});

	test('S-34 a corrected e-mail gets the new password; a mail tells the old address, without naming the new one', async () => {
		const { id, email } = await t.registered(acts);
		const right = t.someEmail();
		acts.clock.pass(1);
		expect(t.ok(await correct(id, ` ${right.toUpperCase()}`)).email).toBe(right);
		const [notice] = await messagesOf(acts, id, 'email-corrected');
		expect(notice).toMatchObject({ recipient: email, state: 'queued' });
		expect(await t.newest(acts, id, 'email-corrected')).toEqual({ recipient: email });
		const [mail, old] = await messagesOf(acts, id, 'temporary-password');
		expect([mail?.recipient, old?.state]).toEqual([right, 'void']);
		expect((await names(id)).at(-1)).toBe('emailCorrected');
		t.ok(await register(acts.api, t.agent, { email }));
	});

	test('a correction to an address that another account has changes nothing', async () => {
		const [one, two] = [await t.registered(acts), await t.registered(acts)];
		expect(t.refused(await correct(one.id, two.email)).refusal).toBe('email-taken');
		expect(t.ok(await getAccount(acts.api, { accountId: one.id })).email).toBe(one.email);
		expect((await messagesOf(acts, one.id, 'temporary-password')).map(({ state }) => state)).toEqual(['queued']);
	});

	describe('an erasure', () => {
		/** Every row of every table, as text. */
		async function everything(): Promise<string> {
			const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables
				where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(acts.db);
			const dumps = await Promise.all(
				tables.map(({ name }) =>
					sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(name)} t`.execute(acts.db),
				),
			);
			return dumps.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
		}

		test('leaves no personal data in any table', async () => {
			const email = 'margarida.erased@example.com';
			const keyed: AgentCall = {
				...t.agent,
				source: '203.0.113.77',
				idempotency: { key: 'erased', request: `POST ${email}` },
			};
			const { id } = t.ok(await register(acts.api, keyed, { email: t.someEmail(), name: 'Margarida Quental' }));
			t.ok(
				await correctEmail(
					acts.api,
					{ ...keyed, idempotency: { key: 'e2', request: 'x' } },
					{
						accountId: id,
						email,
						reason: 'Margarida Quental called',
					},
				),
			);
			const { temporaryPassword = '' } = await t.newest(acts, id, 'temporary-password');
			const { token } = await signedInAs(email, temporaryPassword);
			const number = '+351934567890';
			t.ok(await putPhone(acts.api, t.user(token, 'phone'), { number }));
			t.ok(await verifyPhone(acts.api, t.user(token, 'code'), { code: await t.passcodeOf(acts, id) }));
			const before = await everything();
			for (const trace of [email, 'Margarida', number]) expect(before).toContain(trace);

			expect(t.ok(await eraseAccount(acts.api, t.agent, { accountId: id }))).toBeNull();
			const left = await everything();
			for (const trace of [email, 'argarida', 'Quental', number, '934567890', '203.0.113.77', ' 90"'])
				expect(left).not.toContain(trace);
			expect(left).toContain('accountErased');
			const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
			expect(row).toMatchObject({ passwordDigest: null, authenticatorSecret: null, temporaryPasswordDigest: null });
		});

		/** An account at the phone's step, by e-mail. */
		async function signedInAs(email: string, temporaryPassword: string) {
			const { signIn } = await import('../../acts/sign-in/sign-in.js');
			const { confirmAuthenticator, getAuthenticator } = await import('../../acts/authenticator/authenticator.js');
			const first = t.ok(await signIn(acts.api, t.user(undefined), { email, password: temporaryPassword }));
			const set = t.ok(await setPassword(acts.api, t.user(first.token, 'set'), { password: t.PASSWORD }));
			const call = t.user(set.session?.token);
			const { secret } = t.ok(await getAuthenticator(acts.api, call));
			const confirmed = t.ok(await confirmAuthenticator(acts.api, call, { code: t.totp(acts, secret) }));
			return { token: confirmed.session?.token };
		}

		test('ends the sessions, and makes the e-mail free', async () => {
			const { id, email, token } = await t.signedIn(acts);
			t.ok(await eraseAccount(acts.api, t.agent, { accountId: id, reason: 'asked for' }));
			expect(t.refused(await getOnboarding(acts.api, t.user(token))).refusal).toBe('not-signed-in');
			t.ok(await register(acts.api, t.agent, { email }));
		});

		test('leaves nothing for agents to see or do, and nothing but its last mail for the workflow to wait for', async () => {
			const { id: accountId } = await t.withPasscode(acts);
			t.ok(await eraseAccount(acts.api, t.agent, { accountId }));
			const { api } = acts;
			for (const answer of [
				await getAccount(api, { accountId }),
				await listMessages(api, { accountId }),
				await listEvents(api, { accountId }),
				await reissue(accountId),
				await correct(accountId, t.someEmail()),
				await eraseAccount(api, t.agent, { accountId }),
			]) {
				expect(t.refused(answer).refusal).toBe('not-found');
			}
			const { work } = workOn(acts);
			const [lastMail] = await messagesOf(acts, accountId, 'account-erased');
			await work.deliverEmail({ messageId: lastMail?.id ?? '' });
			const facts = await work.loadFacts({ accountId });
			expect(facts).toMatchObject({ owed: [], reminderDueAt: null, passcode: null });
			const row = await acts.db
				.selectFrom('accounts')
				.selectAll()
				.where('id', '=', accountId)
				.executeTakeFirstOrThrow();
			expect(row.wakeBy).toBeNull();
		});
	});

	test('an unknown account is not found', async () => {
		for (const accountId of ['00000000-0000-4000-8000-000000000000']) {
			expect(t.refused(await getAccount(acts.api, { accountId })).refusal).toBe('not-found');
			expect(t.refused(await reissue(accountId)).refusal).toBe('not-found');
			expect(t.refused(await eraseAccount(acts.api, t.agent, { accountId })).refusal).toBe('not-found');
		}
	});
});
