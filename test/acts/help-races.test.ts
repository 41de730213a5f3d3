import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAllSessions, freezeAccount, unlockAccount } from '../../acts/accounts/help.js';
import { confirmAuthenticator } from '../../acts/authenticator/authenticator.js';
import { setPassword } from '../../acts/password/password.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { currentSession, signIn } from '../../acts/sign-in/sign-in.js';
import { isRefusal } from '../../domain/refusal.js';
import { atOnce } from '../database/open-database.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

const ROUNDS = 6;

describe.each(DATABASES.filter(({ missing }) => !missing))('help beside the user’s own acts, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		const roomy = { passcodesPerPrefixPerHour: 1e4, passcodesPerNetworkPerHour: 1e4, passcodesPerNumberPerDay: 1e4 };
		acts = await t.openActs(open, { ...roomy, signInsPerNetworkPerHour: 1e4 });
	});
	afterAll(() => acts.stop());

	const freeze = (accountId: string) => freezeAccount(acts.api, t.agent, { accountId });
	const rowOf = (id: string) =>
		acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	const sessionsOf = (id: string) => acts.db.selectFrom('sessions').select('id').where('accountId', '=', id).execute();
	const isLive = async (token: string | undefined) => !isRefusal(await currentSession(acts.api, t.user(token)));

	test('a freeze while a password is being set: it is set whole or not at all, and no session survives', async () => {
		for (let i = 0; i < ROUNDS; i += 1) {
			const { id, token, email } = await t.signedIn(acts);
			const [set] = await Promise.all([setPassword(acts.api, t.user(token), { password: t.PASSWORD }), freeze(id)]);
			expect((await rowOf(id)).passwordChangedAt === null).toBe(isRefusal(set));
			if (isRefusal(set)) expect(set.refusal).toBe('not-signed-in');
			expect(await sessionsOf(id)).toEqual([]);
			for (const any of [token, isRefusal(set) ? undefined : set.session?.token]) expect(await isLive(any)).toBe(false);
			if (isRefusal(set)) continue;
			const again = await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD });
			expect(t.refused(again).refusal).toBe('account-frozen');
		}
	});

	test('a freeze while a code is verified: the phone is verified whole or not at all, and no session survives', async () => {
		for (let i = 0; i < ROUNDS; i += 1) {
			const { id, token, code } = await t.withPasscode(acts);
			const [verified] = await Promise.all([verifyPhone(acts.api, t.user(token), { code }), freeze(id)]);
			expect((await rowOf(id)).phoneVerifiedAt === null).toBe(isRefusal(verified));
			if (isRefusal(verified)) expect(verified.refusal).toBe('not-signed-in');
			expect(await sessionsOf(id)).toEqual([]);
		}
	});

	test('a freeze beside sign-ins and repeats of an act: none of them opens a session that lives', async () => {
		for (let i = 0; i < ROUNDS; i += 1) {
			const { id, token, email } = await t.signedIn(acts);
			const set = () => setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD });
			t.ok(await set());
			await Promise.all([
				...Array.from({ length: 4 }, () => signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD })),
				...Array.from({ length: 4 }, set),
				freeze(id),
			]);
			expect(await sessionsOf(id)).toEqual([]);
		}
	});

	test('an end of all sessions beside repeats of an act that opens one: none survives that was opened before', async () => {
		for (let i = 0; i < ROUNDS; i += 1) {
			const { id, token } = await t.signedIn(acts);
			const set = () => setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD });
			t.ok(await set());
			const repeats = Promise.all(Array.from({ length: 6 }, set));
			t.ok(await endAllSessions(acts.api, t.agent, { accountId: id }));
			await repeats;
			expect(await sessionsOf(id)).toEqual([]);
		}
	});

	test('an unlock crossing a wrong code: the count is of the codes that came after it', async () => {
		for (let i = 0; i < ROUNDS; i += 1) {
			const { id, token } = await t.withPassword(acts);
			await acts.db.updateTable('accounts').set({ authenticatorFailures: 99 }).where('id', '=', id).execute();
			await acts.db.updateTable('accounts').set({ underAttackAt: acts.clock.now() }).where('id', '=', id).execute();
			const [, unlocked] = await Promise.all([
				confirmAuthenticator(acts.api, t.user(token), { code: '000000' }),
				unlockAccount(acts.api, t.agent, { accountId: id }),
			]);
			t.ok(unlocked);
			const row = await rowOf(id);
			expect([0, 1]).toContain(row.authenticatorFailures);
			expect(row).toMatchObject({ lockedAt: null, authenticatorSlowedUntil: null, underAttackAt: null });
		}
	});

	test('of many freezes at once one is done, and one mail is owed', async () => {
		const { id } = await t.confirmed(acts);
		const answers = await atOnce(6, () => freeze(id));
		expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
		const mails = acts.db.selectFrom('messages').select('id').where('accountId', '=', id);
		expect(await mails.where('template', '=', 'account-frozen').execute()).toHaveLength(1);
	});
});
