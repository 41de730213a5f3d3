import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount } from '../../acts/accounts/accounts.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { deferPhone, issuePasscode, putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import type { AccountRow, PasscodeRow } from '../../database/schema.js';
import { after, DAY_MS, MINUTE_MS, SECOND_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('passcodes are verified, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		const roomy = { passcodesPerPrefixPerHour: 1e4, passcodesPerNetworkPerHour: 1e4, passcodesPerNumberPerDay: 1e4 };
		acts = await t.openActs(open, roomy);
	});
	afterAll(() => acts.stop());

	const verify = (token: string, code: string) => verifyPhone(acts.api, t.user(token), { code });
	const again = (token: string) => issuePasscode(acts.api, t.user(token), {});
	const rowOf = (id: string): Promise<AccountRow> =>
		acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	const set = (id: string, changes: Partial<AccountRow>) =>
		acts.db.updateTable('accounts').set(changes).where('id', '=', id).execute();

	const passcodeRow = (accountId: string): Promise<PasscodeRow> =>
		acts.db.selectFrom('passcodes').selectAll().where('accountId', '=', accountId).executeTakeFirstOrThrow();
	const setPasscode = (accountId: string, changes: Partial<PasscodeRow>) =>
		acts.db.updateTable('passcodes').set(changes).where('accountId', '=', accountId).execute();

	/** A code that none of the account's is. */
	function wrong(...codes: string[]): string {
		return ['000000', '111111', '222222', '333333'].find((code) => !codes.includes(code)) ?? '444444';
	}

	test('S-12 a right code verifies the number it was sent to, once', async () => {
		const { token, id, code } = await t.withPasscode(acts);
		const done = t.ok(await verify(token, ` ${code.slice(0, 3)}-${code.slice(3)} `));
		expect(done).toMatchObject({ step: 'complete', phone: { number: '+351 ••••••• 78', passcode: null } });
		expect(await rowOf(id)).toMatchObject({ phoneNumber: t.NUMBER, passcodeFailures: 0, smsFailedAt: null });
		expect((await passcodeRow(id)).usedAt).toBe(acts.clock.now());
		expect(t.refused(await verify(token, code))).toMatchObject({ refusal: 'already-done', step: 'complete' });
	});

	test('S-21 lives ten minutes: to the millisecond', async () => {
		const one = await t.withPasscode(acts);
		const two = await t.withPasscode(acts);
		acts.clock.pass(10 * MINUTE_MS - 1);
		t.ok(await verify(one.token, one.code));
		acts.clock.pass(1);
		expect(t.refused(await verify(two.token, two.code)).refusal).toBe('code-expired');
		expect((await rowOf(two.id)).passcodeFailures).toBe(0);
	});

	test('S-30 wrong codes count down; the sixth refusal states when another code can be issued', async () => {
		const { token, code } = await t.withPasscode(acts);
		const left: (number | undefined)[] = [];
		for (let i = 0; i < 5; i += 1) {
			const refusal = t.refused(await verify(token, wrong(code)));
			expect(refusal.refusal).toBe('wrong-code');
			left.push(refusal.attemptsLeft);
		}
		expect(left).toEqual([4, 3, 2, 1, 0]);
		expect(t.ok(await getOnboarding(acts.api, t.user(token))).phone?.passcode?.attemptsLeft).toBe(0);
		acts.clock.pass(10 * SECOND_MS);
		expect(t.refused(await verify(token, code))).toMatchObject({
			refusal: 'attempts-exhausted',
			retryAfter: 20,
			attemptsLeft: 0,
		});
	});

	test('S-30 the sixth refusal at the day’s last code says when the cap opens, not the wait', async () => {
		const { token, id } = await t.withPasscode(acts);
		const first = acts.clock.now();
		for (let i = 0; i < 4; i += 1) {
			acts.clock.pass(2 * MINUTE_MS);
			t.ok(await again(token));
		}
		await acts.db.updateTable('passcodes').set({ attemptsLeft: 0 }).where('accountId', '=', id).execute();
		const opensIn = (Date.parse(after(first, DAY_MS)) - Date.parse(acts.clock.now())) / 1000;
		expect(t.refused(await verify(token, '123456'))).toMatchObject({
			refusal: 'attempts-exhausted',
			retryAfter: opensIn,
		});
	});

	test('S-23 S-30 a superseded code says which one is live, and counts as a failure', async () => {
		const { token, id, code } = await t.withPasscode(acts);
		acts.clock.pass(30 * SECOND_MS);
		t.ok(await again(token));
		const live = await t.passcodeOf(acts, id);
		const refusal = t.refused(await verify(token, code));
		expect(refusal).toMatchObject({ refusal: 'code-superseded', liveCode: 2, attemptsLeft: 4 });
		expect(refusal.detail).toContain('code 1');
		expect((await rowOf(id)).passcodeFailures).toBe(1);
		t.ok(await verify(token, live));
	});

	test('S-28 the code of another account does not open this one', async () => {
		const one = await t.withPasscode(acts);
		let two = await t.withPasscode(acts);
		while (two.code === one.code) two = await t.withPasscode(acts);
		expect(t.refused(await verify(one.token, two.code)).refusal).toBe('wrong-code');
	});

	test('S-28 the digest of a code verifies for its own account and its own number alone', async () => {
		const [one, two] = [await t.withPasscode(acts), await t.withPasscode(acts)];
		const { digest } = await passcodeRow(one.id);
		await setPasscode(two.id, { digest });
		expect(t.refused(await verify(two.token, one.code)).refusal).toBe('wrong-code');
		await setPasscode(one.id, { phoneNumber: '+351966123456' });
		expect(t.refused(await verify(one.token, one.code)).refusal).toBe('wrong-code');
		await setPasscode(one.id, { phoneNumber: t.NUMBER });
		t.ok(await verify(one.token, one.code));
	});

	test('S-27 a number belongs to the account only once its code was given', async () => {
		const { token, id, code } = await t.withPasscode(acts);
		expect(await rowOf(id)).toMatchObject({ phoneNumber: null, phoneVerifiedAt: null });
		t.ok(await verify(token, code));
		expect(await rowOf(id)).toMatchObject({ phoneNumber: t.NUMBER, phoneVerifiedAt: acts.clock.now() });
	});

	test('S-23 S-31 a resend gives five tries and takes no failure back; attemptsLeft is the smaller', async () => {
		const { token, id, code } = await t.withPasscode(acts);
		for (let i = 0; i < 5; i += 1) await verify(token, wrong(code));
		acts.clock.pass(30 * SECOND_MS);
		const { phone } = t.ok(await again(token));
		expect(phone?.passcode?.attemptsLeft).toBe(5);
		expect((await rowOf(id)).passcodeFailures).toBe(5);
		await set(id, { passcodeFailures: 7 });
		expect(t.ok(await getOnboarding(acts.api, t.user(token))).phone?.passcode?.attemptsLeft).toBe(3);
		expect(t.refused(await verify(token, wrong(code, await t.passcodeOf(acts, id)))).attemptsLeft).toBe(2);
	});

	test('S-31 the tenth failure in a row slows down, over all codes and numbers; only success clears', async () => {
		const { token, id } = await t.withPasscode(acts);
		await set(id, { passcodeFailures: 9 });
		acts.clock.pass(30 * SECOND_MS);
		t.ok(await putPhone(acts.api, t.user(token), { number: '+351966123456' }));
		const live = await t.passcodeOf(acts, id);
		expect(t.refused(await verify(token, wrong(live))).attemptsLeft).toBe(1);
		expect(t.refused(await verify(token, live))).toMatchObject({ refusal: 'rate-limited', retryAfter: 30 });
		acts.clock.pass(30 * SECOND_MS);
		expect(t.refused(await verify(token, wrong(live))).refusal).toBe('wrong-code');
		expect(t.refused(await verify(token, live))).toMatchObject({ refusal: 'rate-limited', retryAfter: 60 });
		acts.clock.pass(60 * SECOND_MS);
		t.ok(await verify(token, live));
		expect(await rowOf(id)).toMatchObject({ passcodeFailures: 0, passcodeSlowedUntil: null });
	});

	test('S-31 the hundredth disables: no Retry-After, no SMS, attention is “locked”; the user may still defer', async () => {
		const { token, id } = await t.withPasscode(acts);
		await set(id, { passcodeFailures: 99 });
		const live = await t.passcodeOf(acts, id);
		expect(t.refused(await verify(token, wrong(live))).attemptsLeft).toBe(0);
		expect(acts.told.at(-1)).toMatchObject({ accountId: id, name: 'accountLocked' });
		acts.clock.pass(5 * MINUTE_MS);
		for (const locked of [await verify(token, live), await again(token)]) {
			const refusal = t.refused(locked);
			expect(refusal.refusal).toBe('attempts-exhausted');
			expect(refusal.retryAfter).toBeUndefined();
		}
		expect(t.ok(await getAccount(acts.api, { accountId: id })).attention).toBe('sms-failed');
		await set(id, { smsFailedAt: null });
		expect(t.ok(await getAccount(acts.api, { accountId: id })).attention).toBe('locked');
		t.ok(await deferPhone(acts.api, t.user(token)));
	});

	test.each(['12345', 'abcdef', ''])('a malformed code (%j) counts as no attempt', async (code) => {
		const { token, id } = await t.withPasscode(acts);
		expect(t.refused(await verify(token, code))).toMatchObject({ errors: [{ pointer: '/code', code: 'malformed' }] });
		expect((await rowOf(id)).passcodeFailures).toBe(0);
		expect(t.ok(await getOnboarding(acts.api, t.user(token))).phone?.passcode?.attemptsLeft).toBe(5);
	});

	test('S-30 the database holds a code as a keyed digest only', async () => {
		const { id, code } = await t.withPasscode(acts);
		const passcode = await passcodeRow(id);
		expect(passcode.digest).toMatch(/^k1\.[\w-]{43}$/);
		expect(JSON.stringify(passcode)).not.toContain(code);
	});
});
