import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { confirmAuthenticator } from '../../acts/authenticator/authenticator.js';
import { deferPhone, issuePasscode } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { signIn, signOut, verifyTotp } from '../../acts/sign-in/sign-in.js';
import { SECOND_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

const USER = { actor: 'user', source: '192.0.2.1' };

describe.each(DATABASES.filter(({ missing }) => !missing))('the audit, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(open);
	});
	afterAll(() => acts.stop());

	const wrong = (...codes: string[]) => ['000000', '111111', '222222'].find((code) => !codes.includes(code)) ?? '';
	async function eventsOf(accountId: string) {
		const events = await acts.db
			.selectFrom('events')
			.selectAll()
			.where('accountId', '=', accountId)
			.orderBy('id')
			.execute();
		return events.map(({ name, reason, actor, source, at }) => ({ name, reason, actor, source, at }));
	}

	test('S-35 S-46 every authentication act is recorded with its factor, its moment and its network, without a secret', async () => {
		const { id, email, token, code, secret, temporaryPassword } = await t.withPasscode(acts);
		const [firstDay, typed] = [acts.clock.now(), wrong(code)];
		acts.clock.pass(30 * SECOND_MS);
		t.refused(await verifyPhone(acts.api, t.user(token), { code: typed }));
		t.ok(await verifyPhone(acts.api, t.user(token), { code }));
		t.ok(await signOut(acts.api, t.user(token)));
		t.refused(await signIn(acts.api, t.user(undefined), { email, password: 'hunter2-hunter2' }));
		const first = t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD }));
		const shown = [-1, 0].map((steps) => t.totp(acts, secret, steps));
		t.refused(await verifyTotp(acts.api, t.user(first.token), { code: wrong(...shown) }));
		t.ok(await verifyTotp(acts.api, t.user(first.token), { code: t.totp(acts, secret) }));

		const events = await eventsOf(id);
		expect(events.map(({ name, reason }) => [name, reason])).toEqual([
			['registered', null],
			['signedIn', 'temporary-password'],
			['passwordChanged', null],
			['authenticatorShown', null],
			['authenticatorConfirmed', null],
			['passcodeIssued', null],
			['codeRejected', 'passcode'],
			['phoneVerified', null],
			['signedOut', null],
			['signInRefused', 'wrong-password'],
			['signedIn', 'password'],
			['codeRejected', 'totp'],
			['signedIn', 'totp'],
		]);
		expect(events[0]).toMatchObject({ actor: 'carla', source: '192.0.2.9', at: firstDay });
		for (const event of events.slice(1, 6)) expect(event).toMatchObject({ ...USER, at: firstDay });
		for (const event of events.slice(6)) expect(event).toMatchObject({ ...USER, at: acts.clock.now() });
		const written = JSON.stringify(events);
		for (const hidden of [temporaryPassword, t.PASSWORD, 'hunter2', secret, code, typed, ...shown, t.NUMBER])
			expect(written).not.toContain(hidden);
	});

	test('S-46 an expired temporary password, a reissue, a deferral and a lock are recorded too', async () => {
		const { id, email, temporaryPassword } = await t.registered(acts);
		acts.clock.set(t.ok(await signIn(acts.api, t.user(undefined), { email, password: temporaryPassword })).expiresAt);
		acts.clock.pass(24 * 3600 * SECOND_MS);
		t.refused(await signIn(acts.api, t.user(undefined), { email, password: temporaryPassword }));
		t.ok(await reissueTemporaryPassword(acts.api, t.agent, { accountId: id, reason: 'it expired' }));
		expect((await eventsOf(id)).slice(2)).toMatchObject([
			{ name: 'signInRefused', reason: 'temporary-password-expired' },
			{ name: 'temporaryPasswordReissued', reason: 'it expired', actor: 'carla' },
		]);
		const other = await t.confirmed(acts);
		t.ok(await deferPhone(acts.api, t.user(other.token)));
		expect((await eventsOf(other.id)).at(-1)).toMatchObject({ name: 'phoneDeferred', ...USER });
		const { token, id: lockedId } = await t.withPassword(acts);
		await acts.db.updateTable('accounts').set({ authenticatorFailures: 99 }).where('id', '=', lockedId).execute();
		t.refused(await confirmAuthenticator(acts.api, t.user(token), { code: '000000' }));
		expect((await eventsOf(lockedId)).at(-1)).toMatchObject({ name: 'accountLocked', reason: 'totp', ...USER });
	});

	test('S-46 an act that is refused before anything is compared leaves no event', async () => {
		const { id, token } = await t.withPasscode(acts);
		const before = await eventsOf(id);
		t.refused(await issuePasscode(acts.api, t.user(token), {}));
		t.refused(await verifyPhone(acts.api, t.user(token), { code: 'abc' }));
		expect(await eventsOf(id)).toEqual(before);
	});
});
