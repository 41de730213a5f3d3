import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount, listEvents } from '../../acts/accounts/accounts.js';
import { addAgent } from '../../acts/accounts/agents.js';
import { correctAccount } from '../../acts/accounts/correction.js';
import { getAccountDetails } from '../../acts/accounts/desk.js';
import { endAllSessions, freezeAccount, unfreezeAccount, unlockAccount } from '../../acts/accounts/help.js';
import { reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import type { AgentCall } from '../../acts/door/caller.js';
import { setPassword } from '../../acts/password/password.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { currentSession, signIn, verifyTotp } from '../../acts/sign-in/sign-in.js';
import type { AccountRow } from '../../database/schema.js';
import type { Template } from '../../domain/message.js';
import { DEFAULT_POLICY } from '../../domain/policy.js';
import { after, DAY_MS, MINUTE_MS } from '../../domain/time.js';
import { messagesOf, workOn } from '../activities/platform.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

const LOCK = DEFAULT_POLICY.codeFailuresBeforeLock;
const HELD_UP = {
	authenticatorFailures: LOCK,
	authenticatorSlowedUntil: after(t.START, DAY_MS),
	passcodeFailures: 30,
	passcodeSlowedUntil: after(t.START, DAY_MS),
	lockedAt: t.START,
	underAttackAt: t.START,
} satisfies Partial<AccountRow>;

describe.each(DATABASES.filter(({ missing }) => !missing))('help for one user, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		const roomy = { passcodesPerPrefixPerHour: 1e4, passcodesPerNetworkPerHour: 1e4, passcodesPerNumberPerDay: 1e4 };
		acts = await t.openActs(open, { ...roomy, signInsPerNetworkPerHour: 1e4 });
	});
	afterAll(() => acts.stop());

	const reason = 'Ana called from her number';
	const unlock = (accountId: string) => unlockAccount(acts.api, t.agent, { accountId, reason });
	const freeze = (accountId: string) => freezeAccount(acts.api, t.agent, { accountId, reason });
	const unfreeze = (accountId: string) => unfreezeAccount(acts.api, t.agent, { accountId, reason });
	const endSessions = (accountId: string) => endAllSessions(acts.api, t.agent, { accountId, reason });
	const enter = (email: string, password = t.PASSWORD, source = '192.0.2.1') =>
		signIn(acts.api, { token: undefined, source }, { email, password });
	const set = (id: string, changes: Partial<AccountRow>) =>
		acts.db.updateTable('accounts').set(changes).where('id', '=', id).execute();
	const rowOf = (id: string) =>
		acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	const sessionsOf = (id: string) => acts.db.selectFrom('sessions').select('id').where('accountId', '=', id).execute();
	const owedTo = (id: string) =>
		acts.db.selectFrom('messages').select(['id', 'template']).where('accountId', '=', id).orderBy('id').execute();
	const eventsOf = async (accountId: string) =>
		t
			.ok(await listEvents(acts.api, { accountId, limit: 100 }))
			.items.map(({ name, actor, reason }) => [name, actor, reason]);

	/** The act stands in the audit with its reason, tells the workflow, and owes the user one mail without any secret. */
	async function expectTold(id: string, event: string, template: Template): Promise<void> {
		expect((await eventsOf(id)).at(-1)).toEqual([event, 'carla', reason]);
		expect(acts.told.at(-1)).toMatchObject({ accountId: id, name: event });
		const mails = await messagesOf(acts, id, template);
		const recipient = (await rowOf(id)).email;
		expect(mails).toMatchObject([{ channel: 'email', recipient, state: 'queued' }]);
		expect(await t.newest(acts, id, template)).toEqual({ recipient });
	}

	describe('an unlock', () => {
		test('S-31 clears the failures, waits and locks of both kinds of code, and the attention; the user goes on', async () => {
			const { id, email, token, code, secret } = await t.withPasscode(acts);
			await set(id, { ...HELD_UP, smsFailedAt: null });
			expect(t.refused(await verifyPhone(acts.api, t.user(token), { code })).refusal).toBe('rate-limited');
			expect(t.ok(await getAccount(acts.api, { accountId: id }))).toMatchObject({
				attention: 'locked',
				locks: {
					totp: { wrongCodes: LOCK, slowedUntil: HELD_UP.authenticatorSlowedUntil, locked: true },
					passcode: { wrongCodes: 30, slowedUntil: HELD_UP.passcodeSlowedUntil, locked: false },
				},
			});
			const free = { wrongCodes: 0, slowedUntil: null, locked: false };
			const account = t.ok(await unlock(id));
			expect(account).toMatchObject({ attention: null, locks: { totp: free, passcode: free } });
			expect(t.ok(await getAccount(acts.api, { accountId: id }))).toEqual(account);
			await expectTold(id, 'accountUnlocked', 'account-unlocked');
			t.ok(await verifyPhone(acts.api, t.user(token), { code }));
			acts.clock.pass(30_000);
			const session = t.ok(await enter(email));
			t.ok(await verifyTotp(acts.api, t.user(session.token), { code: t.totp(acts, secret) }));
		});

		test('S-31 forgets wrong passwords from all networks: a new network of the user is let in', async () => {
			const { id, email } = await t.confirmed(acts);
			for (let i = 0; i < 20; i += 1) t.refused(await enter(email, `guess ${i}`, `2001:db8:${i}::/64`));
			expect(t.refused(await enter(email, t.PASSWORD, '198.51.100.7')).refusal).toBe('rate-limited');
			const details = t.ok(await getAccountDetails(acts.api, { accountId: id }));
			expect(details).toMatchObject({ heldUp: true, attempts: { slowedUntil: after(acts.clock.now(), 30_000) } });
			t.ok(await unlock(id));
			t.ok(await enter(email, t.PASSWORD, '198.51.100.7'));
		});

		test('of an account that is not held up is already done, and says nothing to the user', async () => {
			const { id } = await t.confirmed(acts);
			await set(id, { authenticatorFailures: 5, passcodeSlowedUntil: acts.clock.now() });
			expect(t.ok(await getAccountDetails(acts.api, { accountId: id })).heldUp).toBe(false);
			expect(t.refused(await unlock(id))).toMatchObject({ refusal: 'already-done', step: 'verify-phone' });
			await set(id, { underAttackAt: acts.clock.now() });
			t.ok(await unlock(id));
			expect(t.refused(await unlock(id)).refusal).toBe('already-done');
			expect(await messagesOf(acts, id, 'account-unlocked')).toHaveLength(1);
		});
	});

	describe('a freeze', () => {
		test('S-37 ends every session, calls for attention, keeps the step, and tells the user', async () => {
			const person = await t.confirmed(acts);
			const other = await t.signedInTwice(acts, person);
			const account = t.ok(await freeze(person.id));
			expect(account).toMatchObject({ frozenAt: acts.clock.now(), attention: 'frozen', step: 'verify-phone' });
			for (const token of [person.token, other])
				expect(t.refused(await currentSession(acts.api, t.user(token))).refusal).toBe('not-signed-in');
			expect(await sessionsOf(person.id)).toEqual([]);
			await expectTold(person.id, 'accountFrozen', 'account-frozen');
			expect(t.refused(await freeze(person.id)).refusal).toBe('already-done');
			const facts = await workOn(acts).work.loadFacts({ accountId: person.id });
			expect(facts.frozenAt).toBe(acts.clock.now());
		});

		test('S-37 is told at the sign-in to the holder of the right password alone', async () => {
			const { id, email } = await t.confirmed(acts);
			t.ok(await freeze(id));
			const stranger = t.refused(await enter('no-account-has-this@example.com', 'wrong'));
			expect(t.refused(await enter(email, 'wrong'))).toEqual(stranger);
			const told = t.refused(await enter(email));
			expect(told.refusal).toBe('account-frozen');
			expect(told.detail).toContain('support@example.com');
			expect((await eventsOf(id)).at(-1)).toEqual(['signInRefused', 'user', 'account-frozen']);
			expect(await sessionsOf(id)).toEqual([]);
		});

		test('is told to the holder of a temporary password that lives; an expired one is expired', async () => {
			const { id, email, temporaryPassword } = await t.registered(acts);
			t.ok(await freeze(id));
			expect(t.refused(await enter(email, temporaryPassword)).refusal).toBe('account-frozen');
			acts.clock.pass(DAY_MS);
			expect(t.refused(await enter(email, temporaryPassword)).refusal).toBe('temporary-password-expired');
		});

		test('holds for a session that another version of the product opened meanwhile, during and after it', async () => {
			const { id, token } = await t.confirmed(acts);
			await set(id, { frozenAt: acts.clock.now() });
			expect(t.refused(await currentSession(acts.api, t.user(token))).refusal).toBe('not-signed-in');
			t.ok(await unfreeze(id));
			expect(t.refused(await currentSession(acts.api, t.user(token))).refusal).toBe('not-signed-in');
		});

		test('lets nothing leave that opens the account: no new temporary password, no corrected e-mail', async () => {
			const { id } = await t.registered(acts);
			t.ok(await freeze(id));
			const again = await reissueTemporaryPassword(acts.api, t.agent, { accountId: id });
			expect(t.refused(again)).toMatchObject({ refusal: 'wrong-step' });
			const corrected = await correctAccount(acts.api, t.agent, { accountId: id, email: t.someEmail() });
			expect(t.refused(corrected).refusal).toBe('wrong-step');
			t.ok(await correctAccount(acts.api, t.agent, { accountId: id, name: 'Ana Lima' }));
			t.ok(await unfreeze(id));
			t.ok(await reissueTemporaryPassword(acts.api, t.agent, { accountId: id }));
		});

		test('of a user with an own password leaves the reissue as it was: already done', async () => {
			const { id } = await t.withPassword(acts);
			t.ok(await freeze(id));
			const again = await reissueTemporaryPassword(acts.api, t.agent, { accountId: id });
			expect(t.refused(again).refusal).toBe('already-done');
		});

		test('is over once an agent unfreezes: the same password signs in, and the user is told', async () => {
			const { id, email } = await t.confirmed(acts);
			expect(t.refused(await unfreeze(id)).refusal).toBe('already-done');
			t.ok(await freeze(id));
			expect(t.ok(await unfreeze(id))).toMatchObject({ frozenAt: null, attention: null });
			await expectTold(id, 'accountUnfrozen', 'account-unfrozen');
			t.ok(await enter(email));
		});

		test('stops no message that is owed, its own mail among them', async () => {
			const { id } = await t.registered(acts);
			t.ok(await freeze(id));
			const { work, platform } = workOn(acts);
			for (const template of ['temporary-password', 'account-frozen'] as const) {
				const [mail] = await messagesOf(acts, id, template);
				await work.deliverEmail({ messageId: mail?.id ?? '' });
			}
			expect(platform.mails.map(({ template }) => template)).toEqual(['temporary-password', 'account-frozen']);
		});
	});

	test('ending the sessions ends all of them; the user is told, and signs in again at once', async () => {
		const person = await t.confirmed(acts);
		const other = await t.signedInTwice(acts, person);
		expect(t.ok(await endSessions(person.id))).toBeNull();
		for (const token of [person.token, other])
			expect(t.refused(await currentSession(acts.api, t.user(token))).refusal).toBe('not-signed-in');
		await expectTold(person.id, 'sessionsEnded', 'sessions-ended');
		t.ok(await enter(person.email));
		const fresh = await t.signedIn(acts);
		t.ok(await endSessions(fresh.id));
		expect(t.refused(await setPassword(acts.api, t.user(fresh.token), { password: t.PASSWORD })).refusal).toBe(
			'not-signed-in',
		);
	});

	describe('a correction', () => {
		test('of name and language is done at any time, sends no mail, and leaves an event without personal data', async () => {
			const { id } = await t.complete(acts);
			const before = await owedTo(id);
			const told = acts.told.length;
			const account = t.ok(
				await correctAccount(acts.api, t.agent, { accountId: id, name: 'Ana Quental', locale: 'pt-PT', reason }),
			);
			expect(account).toMatchObject({ name: 'Ana Quental', locale: 'pt-PT', step: 'complete' });
			expect(t.ok(await getAccount(acts.api, { accountId: id }))).toEqual(account);
			expect((await eventsOf(id)).at(-1)).toEqual(['accountCorrected', 'carla', reason]);
			expect(await owedTo(id)).toEqual(before);
			expect(acts.told).toHaveLength(told);
			expect(t.ok(await correctAccount(acts.api, t.agent, { accountId: id, name: null }))).toMatchObject({
				name: null,
				locale: 'pt-PT',
			});
		});

		test('with an e-mail is a correction of the e-mail, before the password was changed alone', async () => {
			const { id } = await t.registered(acts);
			const email = t.someEmail();
			const correction = { accountId: id, email, name: 'Bo Lima', locale: 'es' };
			expect(t.ok(await correctAccount(acts.api, t.agent, correction))).toMatchObject({
				email,
				name: 'Bo Lima',
				locale: 'es',
			});
			expect(await rowOf(id)).toMatchObject({ email, name: 'Bo Lima', locale: 'es' });
			expect((await eventsOf(id)).at(-1)?.[0]).toBe('emailCorrected');
			const late = await t.withPassword(acts);
			const refused = await correctAccount(acts.api, t.agent, { ...correction, accountId: late.id, name: 'Other' });
			expect(t.refused(refused).refusal).toBe('already-done');
			expect((await rowOf(late.id)).name).toBe('Ana Prado');
		});
	});

	test('of another agent’s account, an erased or an unknown one, nothing is found', async () => {
		const { id: agentId } = t.ok(await addAgent(acts.api, t.agent, { email: t.someEmail() }));
		for (const accountId of [agentId, '00000000-0000-4000-8000-000000000000']) {
			for (const answer of [
				await unlock(accountId),
				await freeze(accountId),
				await unfreeze(accountId),
				await endSessions(accountId),
				await correctAccount(acts.api, t.agent, { accountId, name: 'Eve' }),
			])
				expect(t.refused(answer).refusal).toBe('not-found');
		}
		expect(await rowOf(agentId)).toMatchObject({ frozenAt: null, name: null });
	});

	test('a repeat under the same key gets the first answer, and is done once', async () => {
		const { id: accountId } = await t.confirmed(acts);
		await set(accountId, { underAttackAt: acts.clock.now() });
		const call = (key: string): AgentCall => ({
			...t.agent,
			idempotency: { key: `${accountId} ${key}`, request: key },
		});
		const said = { accountId, reason };
		const twice = async (act: (key: AgentCall) => Promise<unknown>, key: string) => {
			const first = t.ok(await act(call(key)));
			acts.clock.pass(MINUTE_MS);
			expect(await act(call(key))).toEqual(first);
		};
		await twice((key) => unlockAccount(acts.api, key, said), 'unlock');
		await twice((key) => freezeAccount(acts.api, key, said), 'freeze');
		await twice((key) => unfreezeAccount(acts.api, key, said), 'unfreeze');
		await twice((key) => endAllSessions(acts.api, key, said), 'sessions');
		await twice((key) => correctAccount(acts.api, key, { ...said, locale: 'ar' }), 'correct');
		const names = (await eventsOf(accountId)).map(([name]) => name).slice(-5);
		expect(names).toEqual(['accountUnlocked', 'accountFrozen', 'accountUnfrozen', 'sessionsEnded', 'accountCorrected']);
	});
});
