import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getAccount, listEvents, listMessages } from '../../acts/accounts/accounts.js';
import { addAgent, ensureFirstAgent, removeAgent } from '../../acts/accounts/agents.js';
import { listAccounts } from '../../acts/accounts/list.js';
import { correctEmail, eraseAccount, register, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { confirmAuthenticator, getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { recognizeAgent } from '../../acts/door/recognize.js';
import { setPassword } from '../../acts/password/password.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { DAY_MS } from '../../domain/time.js';
import {
	type Acts,
	confirmed,
	agent as keyHolder,
	newest,
	ok,
	openActs,
	PASSWORD,
	refused,
	registered,
	someEmail,
	totp,
	user,
} from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';

describe.each(DATABASES)('agents on $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	let acts: Acts;
	beforeEach(async () => {
		acts = await openActs(open);
		acts.api.agentKeys = [{ name: 'carla', key: 'the key of carla' }];
	});
	afterEach(() => acts.stop());

	/** An agent at work: their tokens before and after the second factor. */
	async function agentAtWork() {
		const account = ok(await addAgent(acts.api, keyHolder, { email: someEmail() }));
		const { temporaryPassword = '' } = await newest(acts, account.id, 'temporary-password');
		const { email } = account;
		const session = ok(await signIn(acts.api, user(undefined), { email, password: temporaryPassword }));
		const changed = ok(await setPassword(acts.api, user(session.token), { password: PASSWORD }));
		const weak = changed.session?.token ?? '';
		const { secret } = ok(await getAuthenticator(acts.api, user(weak)));
		const confirmation = await confirmAuthenticator(acts.api, user(weak), { code: totp(acts, secret) });
		acts.clock.pass(30_000);
		const password = ok(await signIn(acts.api, user(undefined), { email, password: PASSWORD }));
		return {
			id: account.id,
			email,
			weak: password.token ?? '',
			token: ok(confirmation).session?.token ?? '',
			rotated: weak,
		};
	}

	test('only an agent’s two-factor session is recognized as an agent', async () => {
		const at = await agentAtWork();
		expect(await recognizeAgent(acts.api, at.token)).toEqual({ name: `agent:${at.id}` });
		expect(refused(await recognizeAgent(acts.api, at.weak)).refusal).toBe('not-permitted');
		expect(refused(await recognizeAgent(acts.api, at.rotated)).refusal).toBe('not-signed-in');
		expect(await recognizeAgent(acts.api, 'the key of carla')).toEqual({ name: 'carla' });
		for (const token of [undefined, '', 'x', 'A'.repeat(43)]) {
			expect(refused(await recognizeAgent(acts.api, token)).refusal).toBe('not-signed-in');
		}
	});

	test('a user’s session is never an agent’s', async () => {
		const { token } = await confirmed(acts);
		expect(refused(await recognizeAgent(acts.api, token)).refusal).toBe('not-permitted');
	});

	test('a removed agent loses access at once; the agent’s acts stay, under an id', async () => {
		const at = await agentAtWork();
		const call = { agent: `agent:${at.id}`, source: '192.0.2.9' };
		const account = ok(await register(acts.api, call, { email: someEmail(), reason: 'asked by phone' }));
		ok(await removeAgent(acts.api, keyHolder, { email: at.email }));
		expect(refused(await recognizeAgent(acts.api, at.token)).refusal).toBe('not-signed-in');
		const [event] = ok(await listEvents(acts.api, { accountId: account.id })).items;
		expect(event).toMatchObject({ name: 'registered', actor: `agent:${at.id}`, reason: 'asked by phone' });
		expect(refused(await removeAgent(acts.api, keyHolder, { email: at.email })).refusal).toBe('not-found');
	});

	test('agents are on no list, and no act or question of an agent reaches them', async () => {
		const { account } = await registered(acts);
		const { id: accountId, email } = ok(await addAgent(acts.api, keyHolder, { email: someEmail() }));
		for (const order of ['newest', 'soonest'] as const) {
			const { items } = ok(await listAccounts(acts.api, { order, email: email.slice(0, 9) }));
			expect(items.map(({ id }) => id)).not.toContain(accountId);
		}
		expect(ok(await listAccounts(acts.api, {})).items.map(({ id }) => id)).toEqual([account.id]);
		const answers = [
			await getAccount(acts.api, { accountId }),
			await listMessages(acts.api, { accountId }),
			await listEvents(acts.api, { accountId }),
			await correctEmail(acts.api, keyHolder, { accountId, email: 'mine@example.com' }),
			await reissueTemporaryPassword(acts.api, keyHolder, { accountId }),
			await eraseAccount(acts.api, keyHolder, { accountId }),
		];
		for (const answer of answers) expect(refused(answer).refusal).toBe('not-found');
	});

	test('an agent added twice before the first sign-in gets another mail, and the old temporary password stops working', async () => {
		const email = someEmail();
		const { id } = ok(await addAgent(acts.api, keyHolder, { email }));
		const first = await newest(acts, id, 'temporary-password');
		acts.clock.pass(1_000);
		expect(ok(await addAgent(acts.api, keyHolder, { email: email.toUpperCase() })).id).toBe(id);
		const second = await newest(acts, id, 'temporary-password');
		const attempt = (password = '') => signIn(acts.api, user(undefined), { email, password });
		expect(refused(await attempt(first.temporaryPassword)).refusal).toBe('invalid-credentials');
		ok(await attempt(second.temporaryPassword));
	});

	test('an existing user or agent cannot be added as a new agent', async () => {
		const { email } = await registered(acts);
		expect(refused(await addAgent(acts.api, keyHolder, { email })).refusal).toBe('email-taken');
		const at = await agentAtWork();
		expect(refused(await addAgent(acts.api, keyHolder, { email: at.email })).refusal).toBe('already-done');
	});

	test('the first agent is made once, mailed again only after the temporary password expired, never beside another', async () => {
		const email = 'agent@example.com';
		const first = await ensureFirstAgent(acts.api, email);
		expect(first).toMatchObject({ email, step: 'change-password' });
		expect(await ensureFirstAgent(acts.api, email)).toBeNull();
		acts.clock.pass(DAY_MS);
		expect((await ensureFirstAgent(acts.api, email))?.id).toBe(first?.id);
		expect(await ensureFirstAgent(acts.api, email)).toBeNull();
		acts.clock.pass(DAY_MS);
		await agentAtWork();
		expect(await ensureFirstAgent(acts.api, email)).toBeNull();
		expect(await ensureFirstAgent(acts.api, 'other@example.com')).toBeNull();
	});
});
