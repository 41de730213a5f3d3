import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount } from '../../acts/accounts/accounts.js';
import { eraseAccount } from '../../acts/accounts/registration.js';
import { reportMessage } from '../../acts/deliveries/report.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { deferPhone, issuePasscode } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { MESSAGE_STATES, type MessageState } from '../../domain/message.js';
import { MINUTE_MS, SECOND_MS } from '../../domain/time.js';
import { messagesOf, workOn } from '../activities/platform.js';
import { DATABASES, raceOn } from '../setup/databases.js';
import {
	type Acts,
	agent,
	ok,
	openActs,
	passcodeOf,
	refused,
	registered,
	signedInTwice,
	user,
	withPasscode,
} from './acts.js';

const SID = `SM${'1'.repeat(32)}`;
const ENDS: MessageState[] = ['sending', 'sent', 'unknown'];

describe.each(DATABASES.filter(({ missing }) => !missing))('a delivery report, on $name:', ({ name, open }) => {
	let acts: Acts;
	let work: ReturnType<typeof workOn>['work'];
	let platform: ReturnType<typeof workOn>['platform'];
	beforeAll(async () => {
		acts = await openActs(open, {
			passcodesPerNumberPerDay: 1_000,
			passcodesPerPrefixPerHour: 1_000,
			passcodesPerNetworkPerHour: 1_000,
		});
		({ work, platform } = workOn(acts));
	});
	afterAll(() => acts.stop());

	const smsOf = async (id: string) => {
		const [message] = await messagesOf(acts, id, 'passcode');
		if (!message) throw new Error('no SMS');
		return message;
	};
	const report = async (messageId: string, status: string, errorCode?: string) => {
		acts.told.length = 0;
		await reportMessage(acts.api, { messageId, status, errorCode, providerId: SID });
		return acts.told.map(({ name: signal }) => signal);
	};
	const deliver = async (id: string) => work.deliverSms({ messageId: (await smsOf(id)).id });
	const attention = async (id: string) => ok(await getAccount(acts.api, { accountId: id })).attention;
	const eventsOf = (accountId: string) =>
		acts.db
			.selectFrom('events')
			.select(['name', 'actor', 'reason'])
			.where('accountId', '=', accountId)
			.where('name', '=', 'messageReported')
			.execute();

	async function withSentSms() {
		const person = await withPasscode(acts);
		await deliver(person.id);
		return person;
	}

	/** A message in a state, whatever led to it. */
	async function withSmsIn(state: MessageState) {
		const person = await withPasscode(acts);
		const { id } = await smsOf(person.id);
		await acts.db.updateTable('messages').set({ state }).where('id', '=', id).execute();
		return { ...person, messageId: id };
	}

	test.each(MESSAGE_STATES)('ends a message that the provider may have, and no other: %s', async (state) => {
		const isOpen = ENDS.includes(state);
		const good = await withSmsIn(state);
		await report(good.messageId, 'delivered');
		expect((await smsOf(good.id)).state).toBe(isOpen ? 'delivered' : state);
		const bad = await withSmsIn(state);
		const before = await smsOf(bad.id);
		await report(bad.messageId, 'undelivered', '30003');
		const ended = { state: 'failed', reason: 'handset-unreachable', params: null, providerId: SID };
		expect(await smsOf(bad.id)).toMatchObject(isOpen ? ended : before);
	});

	test('says delivered without a word to the workflow, and shows it to the user', async () => {
		const { id, token } = await withSentSms();
		expect(await report((await smsOf(id)).id, 'delivered')).toEqual([]);
		const { phone } = ok(await getOnboarding(acts.api, user(token)));
		expect(phone?.passcode).toMatchObject({ delivery: 'delivered', deliveryReason: null });
		expect(await eventsOf(id)).toEqual([]);
	});

	test('of failure raises sms-failed, ends the wait, tells why, and tells the workflow once', async () => {
		const { id, token } = await withSentSms();
		expect(await attention(id)).toBeNull();
		const { id: messageId } = await smsOf(id);
		expect(await report(messageId, 'undelivered', '30003')).toEqual(['messageReported']);
		expect(await report(messageId, 'undelivered', '30003')).toEqual([]);
		expect(await attention(id)).toBe('sms-failed');
		expect(await eventsOf(id)).toEqual([{ name: 'messageReported', actor: 'provider', reason: 'handset-unreachable' }]);
		const { phone } = ok(await getOnboarding(acts.api, user(token)));
		expect(phone?.passcode).toMatchObject({
			delivery: 'failed',
			deliveryReason: 'handset-unreachable',
			resendAvailableAt: acts.clock.now(),
		});
		ok(await issuePasscode(acts.api, user(token), {}));
		expect(await attention(id)).toBeNull();
	});

	test('of failure leaves the SMS in every count: it was sent, and is billed', async () => {
		const { id, token } = await withSentSms();
		const limits = () => acts.db.selectFrom('limits').selectAll().orderBy('key').execute();
		const before = await limits();
		await report((await smsOf(id)).id, 'undelivered', '30003');
		expect(await limits()).toEqual(before);
		for (let sent = 1; sent < acts.api.policy.passcodesPerDay; sent++) {
			ok(await issuePasscode(acts.api, user(token), {}));
			await deliver(id);
			await report((await smsOf(id)).id, 'undelivered', '30003');
		}
		expect(refused(await issuePasscode(acts.api, user(token), {})).refusal).toBe('rate-limited');
	});

	test('of failure never makes a wait longer', async () => {
		const { id, token } = await withSentSms();
		acts.clock.pass(5 * MINUTE_MS);
		const before = ok(await getOnboarding(acts.api, user(token))).phone?.passcode?.resendAvailableAt;
		await report((await smsOf(id)).id, 'failed');
		expect(ok(await getOnboarding(acts.api, user(token))).phone?.passcode?.resendAvailableAt).toBe(before);
	});

	test('of delivery ends what an unknown outcome raised, and the workflow looks', async () => {
		const { id } = await withPasscode(acts);
		platform.outcomes.push({ outcome: 'unknown' });
		await deliver(id);
		acts.clock.pass(MINUTE_MS);
		expect(await attention(id)).toBe('sms-failed');
		expect(await report((await smsOf(id)).id, 'delivered')).toEqual(['messageReported']);
		expect(await attention(id)).toBeNull();
	});

	test('that comes before our own “sent” is written holds', async () => {
		for (const [status, state] of [
			['delivered', 'delivered'],
			['undelivered', 'failed'],
		] as const) {
			const { id } = await withPasscode(acts);
			const { id: messageId } = await smsOf(id);
			platform.meanwhile = () => report(messageId, status, status === 'undelivered' ? '30005' : undefined);
			await deliver(id);
			platform.meanwhile = async () => {};
			expect(await smsOf(id)).toMatchObject({ state, params: null, providerId: SID });
			expect(await attention(id)).toBe(state === 'failed' ? 'sms-failed' : null);
		}
	});

	test('that comes late or twice changes nothing: the first one that ends a message stays', async () => {
		const one = await withSentSms();
		const first = (await smsOf(one.id)).id;
		await report(first, 'delivered');
		for (const late of ['sent', 'queued', 'undelivered', 'failed', 'delivered']) {
			expect(await report(first, late)).toEqual([]);
			expect((await smsOf(one.id)).state).toBe('delivered');
		}
		expect(await attention(one.id)).toBeNull();
		const other = await withSentSms();
		const second = (await smsOf(other.id)).id;
		await report(second, 'undelivered', '30007');
		for (const late of ['sent', 'delivered']) expect(await report(second, late)).toEqual([]);
		expect(await smsOf(other.id)).toMatchObject({ state: 'failed', reason: 'carrier-rejected' });
	});

	test('about an SMS that the user no longer waits for raises nothing', async () => {
		const superseded = await withSentSms();
		const old = (await smsOf(superseded.id)).id;
		acts.clock.pass(MINUTE_MS);
		ok(await issuePasscode(acts.api, user(superseded.token), {}));
		await deliver(superseded.id);
		await report(old, 'undelivered', '30003');
		expect(await attention(superseded.id)).toBeNull();

		const verified = await withSentSms();
		ok(await verifyPhone(acts.api, user(verified.token), { code: verified.code }));
		await report((await smsOf(verified.id)).id, 'undelivered', '30003');
		expect(await attention(verified.id)).toBeNull();

		const erased = await withSentSms();
		const gone = (await smsOf(erased.id)).id;
		ok(await eraseAccount(acts.api, agent, { accountId: erased.id }));
		expect(await report(gone, 'undelivered', '30003')).toEqual([]);
		expect((await smsOf(erased.id)).state).toBe('failed');
	});

	test('after “Remind me later” raises nothing, but does for a code that is asked for after it', async () => {
		const person = await withSentSms();
		acts.clock.pass(SECOND_MS);
		ok(await deferPhone(acts.api, user(person.token)));
		await report((await smsOf(person.id)).id, 'undelivered', '30003');
		expect(await attention(person.id)).toBeNull();
		acts.clock.pass(MINUTE_MS);
		const again = await signedInTwice(acts, person);
		ok(await issuePasscode(acts.api, user(again), {}));
		await deliver(person.id);
		await report((await smsOf(person.id)).id, 'undelivered', '30003');
		expect(await attention(person.id)).toBe('sms-failed');
	});

	test('about an SMS that we do not know, or about a mail, changes nothing for the user', async () => {
		expect(await report(randomUUID(), 'undelivered', '30003')).toEqual([]);
		const { id } = await registered(acts);
		const [mail] = await messagesOf(acts, id, 'temporary-password');
		expect(await report(mail?.id ?? '', 'undelivered', '30003')).toEqual([]);
		expect((await messagesOf(acts, id, 'temporary-password'))[0]?.state).toBe('queued');
		await work.deliverEmail({ messageId: mail?.id ?? '' });
		expect(await report(mail?.id ?? '', 'undelivered', '30003')).toEqual([]);
		expect((await messagesOf(acts, id, 'temporary-password'))[0]?.state).toBe('sent');
	});

	raceOn(name, test)('meets our own “sent”, a repeat and the user’s next act: one end, no deadlock', async () => {
		for (let round = 0; round < 10; round++) {
			const { id, token } = await withPasscode(acts);
			const { id: messageId } = await smsOf(id);
			const code = await passcodeOf(acts, id);
			acts.told.length = 0;
			const tell = () =>
				reportMessage(acts.api, { messageId, status: 'undelivered', errorCode: '30003', providerId: SID });
			await acts.db.updateTable('messages').set({ state: 'sending' }).where('id', '=', messageId).execute();
			await Promise.all([
				tell(),
				tell(),
				work.deliverSms({ messageId }),
				verifyPhone(acts.api, user(token), { code }),
				reportMessage(acts.api, { messageId, status: 'delivered', errorCode: undefined, providerId: SID }),
			]);
			expect(['failed', 'delivered', 'unknown']).toContain((await smsOf(id)).state);
			expect((await eventsOf(id)).length).toBeLessThanOrEqual(1);
			expect(await attention(id)).toBeNull();
		}
	});
});
