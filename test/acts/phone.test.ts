import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { issuePasscode, putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { DEFAULT_POLICY, type Policy } from '../../domain/policy.js';
import { after, DAY_MS, MINUTE_MS, SECOND_MS } from '../../domain/time.js';
import { messagesOf, workOn } from '../activities/platform.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

/** What this suite sends over all its accounts stays below the shared caps, unless a test is about them. */
const ROOMY: Partial<Policy> = {
	passcodesPerPrefixPerHour: 1e4,
	passcodesPerNetworkPerHour: 1e4,
	passcodesPerNumberPerDay: 1e4,
};
const OTHER = '+351966123456';

describe.each(DATABASES.filter(({ missing }) => !missing))('passcodes are issued, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(open, ROOMY);
	});
	afterAll(() => acts.stop());

	const put = (token: string, number: string) => putPhone(acts.api, t.user(token), { number });
	const again = (token: string, number?: string) => issuePasscode(acts.api, t.user(token), { number });
	/** Time passes while the session is in use. */
	async function pass(id: string, ms: number) {
		acts.clock.pass(ms);
		const now = acts.clock.now();
		await acts.db
			.updateTable('sessions')
			.set({ usedAt: now, expiresAt: after(now, DAY_MS) })
			.where('accountId', '=', id)
			.execute();
	}

	test('S-43 another code is possible after 30, 60, 120, 120 s and no sooner, to the millisecond', async () => {
		const { token, id } = await t.withPasscode(acts);
		for (const wait of [30, 60, 120, 120]) {
			expect(t.refused(await again(token))).toMatchObject({ refusal: 'resend-too-soon', retryAfter: wait });
			await pass(id, wait * SECOND_MS - 1);
			expect(t.refused(await again(token))).toMatchObject({ refusal: 'resend-too-soon', retryAfter: 1 });
			await pass(id, 1);
			t.ok(await again(token, wait < 120 ? t.NUMBER : OTHER));
		}
	});

	test('S-43 a sixth SMS in 24 hours is refused, over all numbers, until the first is a day old', async () => {
		const { token, id } = await t.withPasscode(acts);
		const first = acts.clock.now();
		for (let i = 0; i < 4; i += 1) {
			await pass(id, 2 * MINUTE_MS);
			t.ok(await again(token, i % 2 ? t.NUMBER : OTHER));
		}
		await pass(id, 2 * MINUTE_MS);
		const refusal = t.refused(await put(token, '+351933123456'));
		expect(refusal).toMatchObject({ refusal: 'rate-limited', retryAfter: (DAY_MS - 10 * MINUTE_MS) / 1000 });
		acts.clock.set(after(first, DAY_MS - 1));
		await pass(id, 0);
		expect(t.refused(await again(token)).refusal).toBe('rate-limited');
		await pass(id, 1);
		t.ok(await again(token));
	});

	test('the same number by PUT sends nothing while its code is usable, and a new one once it is not', async () => {
		const { token, id } = await t.withPasscode(acts);
		await pass(id, 5 * MINUTE_MS);
		expect(t.ok(await put(token, '912 345 678'.replaceAll(' ', '').replace(/^/, '+351'))).phone?.passcode?.number).toBe(
			1,
		);
		expect((await messagesOf(acts, id, 'passcode')).length).toBe(1);
		await pass(id, 5 * MINUTE_MS);
		expect(t.ok(await put(token, t.NUMBER)).phone?.passcode?.number).toBe(2);
	});

	test('another number, by PUT or with the resend, waits as long; it voids what was unsent', async () => {
		const { token, id } = await t.withPasscode(acts);
		for (const ask of [() => put(token, OTHER), () => again(token, OTHER)]) {
			expect(t.refused(await ask()).refusal).toBe('resend-too-soon');
		}
		await pass(id, 30 * SECOND_MS);
		expect(t.ok(await again(token, OTHER)).phone?.number).toBe('+351 ••••••• 56');
		const messages = await messagesOf(acts, id, 'passcode');
		expect(messages.map(({ state, recipient }) => [state, recipient])).toEqual([
			['queued', OTHER],
			['void', t.NUMBER],
		]);
	});

	test('S-28 the code of the old number stops working once the number was altered', async () => {
		const { token, id, code } = await t.withPasscode(acts);
		await pass(id, 30 * SECOND_MS);
		t.ok(await put(token, OTHER));
		expect(t.refused(await verifyPhone(acts.api, t.user(token), { code })).refusal).toBe('code-superseded');
	});

	test('a resend before a number is given is refused as a wrong step', async () => {
		const { token } = await t.confirmed(acts);
		for (const number of [undefined, t.NUMBER]) {
			expect(t.refused(await again(token, number))).toMatchObject({ refusal: 'wrong-step', step: 'verify-phone' });
		}
		expect(t.refused(await verifyPhone(acts.api, t.user(token), { code: '123456' })).refusal).toBe('wrong-step');
	});

	test.each([
		['+351912', 'impossible', '/number'],
		['+351760123456', 'not-mobile', '/number'],
		['+881612345678', 'not-mobile', '/number'],
	])('S-43 nothing is sent to %s, and the field is named', async (number, code, pointer) => {
		const { token, id } = await t.confirmed(acts);
		for (const refusal of [t.refused(await put(token, number))]) {
			expect(refusal).toMatchObject({ refusal: 'phone-number-invalid', errors: [{ code, pointer }] });
		}
		t.ok(await put(token, t.NUMBER));
		await pass(id, 30 * SECOND_MS);
		expect(t.refused(await again(token, number)).refusal).toBe('phone-number-invalid');
		expect((await messagesOf(acts, id, 'passcode')).length).toBe(1);
	});

	test('an unknown country is named as the wrong field', async () => {
		const { token } = await t.confirmed(acts);
		const refusal = t.refused(await putPhone(acts.api, t.user(token), { number: '912345678', country: 'ZZ' }));
		expect(refusal).toMatchObject({ errors: [{ code: 'country-unknown', pointer: '/country' }] });
	});

	test.each([
		['of one number in a day', { passcodesPerNumberPerDay: 1, passcodesOfOwnSharePerDay: 0 }, DAY_MS],
		['of numbers beside each other in an hour', { passcodesPerPrefixPerHour: 1 }, DAY_MS / 24],
		['of one network in an hour', { passcodesPerNetworkPerHour: 1 }, DAY_MS / 24],
		['of everybody in a day', { smsPerDay: 1 }, DAY_MS],
	])('S-43 the shared cap %s holds over accounts, and takes nothing from the others', async (_what, cap, ms) => {
		const one = await t.confirmed(acts);
		const two = await t.confirmed(acts);
		await acts.db.deleteFrom('limits').execute();
		const api = { ...acts.api, policy: { ...DEFAULT_POLICY, ...cap } };
		t.ok(await putPhone(api, t.user(one.token), { number: t.NUMBER }));
		const actKeys = ['hour', 'day'].map((w) => api.keys.digest('limit', 'acts', two.id, 'two-factor', w));
		const counted = () =>
			acts.db
				.selectFrom('limits')
				.selectAll()
				.where('key', 'not in', actKeys)
				.where('count', '>', 0)
				.orderBy('key')
				.execute();
		const before = await counted();
		const refusal = t.refused(await putPhone(api, t.user(two.token), { number: t.NUMBER }));
		expect(refusal).toMatchObject({ refusal: 'rate-limited', retryAfter: ms / 1000 });
		expect(await counted()).toEqual(before);
		expect(await messagesOf(acts, two.id, 'passcode')).toEqual([]);
	});

	test('an SMS that the provider did not take counts for no cap of SMS; its wait ends twice, then doubles', async () => {
		const { token, id } = await t.withPasscode(acts);
		const { work, platform } = workOn(acts);
		const waits: number[] = [];
		for (let i = 0; i < 7; i += 1) {
			const [sms] = await messagesOf(acts, id, 'passcode');
			platform.outcomes.push({ outcome: 'failed', reason: 'provider-refused' });
			await work.deliverSms({ messageId: sms?.id ?? '' });
			acts.clock.pass(1);
			const soon = await again(token);
			waits.push('refusal' in soon ? (soon.retryAfter ?? 0) : 0);
			acts.clock.pass((waits.at(-1) ?? 0) * SECOND_MS);
			if ('refusal' in soon) t.ok(await again(token));
		}
		expect(waits).toEqual([0, 0, 30, 60, 120, 240, 480]);
		const { phone } = t.ok(await getOnboarding(acts.api, t.user(token)));
		expect(phone?.passcode).toMatchObject({ number: 8, delivery: 'queued' });
		expect(t.refused(await again(token)).refusal).toBe('resend-too-soon');
	});

	test('requests that failed count for the account’s cap of requests: thirty in four seconds become three', async () => {
		const { token, id } = await t.withPasscode(acts);
		const { work, platform } = workOn(acts);
		const fail = async () => {
			const [sms] = await messagesOf(acts, id, 'passcode');
			platform.outcomes.push({ outcome: 'failed', reason: 'provider-refused' });
			await work.deliverSms({ messageId: sms?.id ?? '' });
		};
		for (let i = 0; i < 30; i += 1) {
			await fail();
			platform.outcomes.length = 0;
			acts.clock.pass(133);
			await again(token);
		}
		expect(platform.texts).toHaveLength(3);
		for (let i = 0; i < 40; i += 1) {
			acts.clock.pass(20 * MINUTE_MS);
			await again(token);
			await fail();
			platform.outcomes.length = 0;
		}
		expect(platform.texts).toHaveLength(15);
		const refusal = t.refused(await again(token));
		expect(refusal.refusal).toBe('rate-limited');
	});
});
