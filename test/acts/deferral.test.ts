import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount } from '../../acts/accounts/accounts.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { deferPhone, issuePasscode, putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { currentSession, signIn } from '../../acts/sign-in/sign-in.js';
import { after, DAY_MS, SECOND_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

const WEEK_MS = 7 * DAY_MS;

describe.each(DATABASES.filter(({ missing }) => !missing))('“Remind me later”, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		const roomy = { passcodesPerPrefixPerHour: 1e4, passcodesPerNetworkPerHour: 1e4, passcodesPerNumberPerDay: 1e4 };
		acts = await t.openActs(open, roomy);
	});
	afterAll(() => acts.stop());

	const defer = (token: string) => deferPhone(acts.api, t.user(token));
	const rowOf = (id: string) =>
		acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

	test('S-24 completes the set-up without SMS, and asks again at the sign-in on the date, not a millisecond sooner', async () => {
		const person = await t.confirmed(acts);
		const asked = after(acts.clock.now(), WEEK_MS);
		expect(t.ok(await defer(person.token))).toMatchObject({ step: 'complete', phone: null });
		expect(t.ok(await currentSession(acts.api, t.user(person.token))).next).toBeNull();
		expect(t.ok(await getAccount(acts.api, { accountId: person.id }))).toMatchObject({
			completedAt: acts.clock.now(),
			phone: { number: null, verifiedAt: null, deferredUntil: asked },
		});
		acts.clock.set(after(asked, -30_001));
		const token = await t.signedInTwice(acts, person);
		expect(t.ok(await currentSession(acts.api, t.user(token))).next).toBeNull();
		acts.clock.set(asked);
		expect(t.ok(await currentSession(acts.api, t.user(token)))).toMatchObject({ step: 'complete', next: 'phone' });
	});

	test('never steps back: a password alone is not asked for the phone, but for the second factor', async () => {
		const person = await t.confirmed(acts);
		t.ok(await defer(person.token));
		acts.clock.pass(WEEK_MS);
		const session = t.ok(await signIn(acts.api, t.user(undefined), { email: person.email, password: t.PASSWORD }));
		expect(session).toMatchObject({ step: 'complete', next: 'totp' });
	});

	test('again gives a new date, and asks on that one', async () => {
		const person = await t.confirmed(acts);
		t.ok(await defer(person.token));
		acts.clock.pass(WEEK_MS);
		const token = await t.signedInTwice(acts, person);
		t.ok(await defer(token));
		expect(t.ok(await currentSession(acts.api, t.user(token))).next).toBeNull();
		const row = await rowOf(person.id);
		expect(row.phoneDeferredUntil).toBe(after(acts.clock.now(), WEEK_MS));
		expect(row.reminderDueAt).toBe(row.phoneDeferredUntil);
		expect(row.completedAt).not.toBe(acts.clock.now());
	});

	test('leaves a live passcode usable, and the phone’s paths open', async () => {
		const { token, code, id } = await t.withPasscode(acts);
		expect(t.ok(await defer(token)).phone?.passcode).toMatchObject({ number: 1, attemptsLeft: 5 });
		expect(t.ok(await getOnboarding(acts.api, t.user(token))).phone?.passcode?.number).toBe(1);
		t.ok(await verifyPhone(acts.api, t.user(token), { code }));
		expect(await rowOf(id)).toMatchObject({ phoneNumber: t.NUMBER, reminderDueAt: null });
		expect(t.ok(await getAccount(acts.api, { accountId: id })).step).toBe('complete');
	});

	test('the phone may be given at any later time, until one is verified', async () => {
		const person = await t.confirmed(acts);
		t.ok(await defer(person.token));
		expect(t.refused(await issuePasscode(acts.api, t.user(person.token), {}))).toMatchObject({
			refusal: 'wrong-step',
			step: 'complete',
		});
		acts.clock.pass(3 * WEEK_MS);
		const token = await t.signedInTwice(acts, person);
		t.ok(await putPhone(acts.api, t.user(token), { number: t.NUMBER }));
		acts.clock.pass(30 * SECOND_MS);
		t.ok(await issuePasscode(acts.api, t.user(token), {}));
		t.ok(await verifyPhone(acts.api, t.user(token), { code: await t.passcodeOf(acts, person.id) }));
		expect(t.ok(await currentSession(acts.api, t.user(token))).next).toBeNull();
		for (const late of [await defer(token), await putPhone(acts.api, t.user(token), { number: t.NUMBER })]) {
			expect(t.refused(late)).toMatchObject({ refusal: 'already-done', step: 'complete' });
		}
	});
});
