import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount, listEvents } from '../../acts/accounts/accounts.js';
import { correctEmail, eraseAccount, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { placeOfMessage } from '../../acts/door/messages.js';
import { putPhone } from '../../acts/phone/phone.js';
import { KeyRing } from '../../domain/credentials/keys.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time.js';
import { type Acts, agent, NUMBER, ok, openActs, registered, someEmail, user, withPasscode } from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { messagesOf, workOn } from './platform.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('deliveries, on $name', ({ open }) => {
	let acts: Acts;
	beforeAll(async () => {
		acts = await openActs(open, { passcodesPerPrefixPerHour: 1_000, passcodesPerNumberPerDay: 1_000 });
	});
	afterAll(() => acts.stop());

	/** An account with its mail owed, and who delivers it. */
	async function owedMail() {
		const person = await registered(acts);
		const [row] = await messagesOf(acts, person.id, 'temporary-password');
		return { ...person, ...workOn(acts), about: { messageId: row?.id ?? '' } };
	}

	async function owedSms() {
		const person = await withPasscode(acts);
		const [row] = await messagesOf(acts, person.id, 'passcode');
		return { ...person, ...workOn(acts), about: { messageId: row?.id ?? '' } };
	}

	async function rowOf(id: string) {
		return acts.db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	}

	test('a mail says what its row carries, and its lifetime starts when it is handed over', async () => {
		const { about, platform, work, email, temporaryPassword, id } = await owedMail();
		acts.clock.pass(HOUR_MS);
		expect(await work.deliverEmail(about)).toEqual({ state: 'sent' });
		expect(platform.mails).toMatchObject([{ messageId: about.messageId, to: email, params: { temporaryPassword } }]);
		const { temporaryPassword: seen } = ok(await getAccount(acts.api, { accountId: id }));
		expect(seen.state).toBe('sent');
		expect(Date.parse(seen.expiresAt) - Date.parse(acts.clock.now())).toBe(DAY_MS);
		expect((await rowOf(about.messageId)).params).toBeNull();
	});

	test('a writer of the database sends no temporary password and no code to another address', async () => {
		const [mail, sms] = [await owedMail(), await owedSms()];
		const redirect = (id: string, recipient: string) =>
			acts.db.updateTable('messages').set({ recipient }).where('id', '=', id).execute();
		await redirect(mail.about.messageId, 'thief@example.com');
		await redirect(sms.about.messageId, '+351911111111');
		await mail.work.deliverEmail(mail.about);
		await sms.work.deliverSms(sms.about);
		expect(mail.platform.mails).toMatchObject([{ to: mail.email }]);
		expect(sms.platform.texts).toMatchObject([{ to: NUMBER }]);
	});

	test('a message of the version before, without its recipient in what is sealed, goes where its row says', async () => {
		const { about, platform, work, email } = await owedMail();
		const row = await rowOf(about.messageId);
		const { recipient: _, ...params } = JSON.parse(
			acts.api.keys.open('message', placeOfMessage(row), row.params ?? ''),
		);
		const sealed = acts.api.keys.seal('message', placeOfMessage(row), JSON.stringify(params));
		await acts.db.updateTable('messages').set({ params: sealed }).where('id', '=', row.id).execute();
		await work.deliverEmail(about);
		expect(platform.mails).toMatchObject([{ to: email, params: { temporaryPassword: expect.any(String) } }]);
	});

	test('a delivery that ran already does not run again', async () => {
		const mail = await owedMail();
		await mail.work.deliverEmail(mail.about);
		expect(await mail.work.deliverEmail(mail.about)).toMatchObject({ state: 'sent' });
		expect(mail.platform.mails.length).toBe(1);
		const sms = await owedSms();
		await sms.work.deliverSms(sms.about);
		expect(await sms.work.deliverSms(sms.about)).toMatchObject({ state: 'sent' });
		expect(sms.platform.texts).toMatchObject([{ to: NUMBER, params: { passcode: sms.code, number: 1 } }]);
	});

	test('a mail whose record was lost goes again under the same id, and only so', async () => {
		const { about, platform, work } = await owedMail();
		platform.meanwhile = async () => {
			throw new Error('the worker died');
		};
		await expect(work.deliverEmail(about)).rejects.toThrow();
		platform.meanwhile = async () => {};
		await work.deliverEmail(about);
		expect(platform.mails.map(({ messageId }) => messageId)).toEqual([about.messageId, about.messageId]);
	});

	test('an SMS that an attempt died over is unknown, and never sent a second time', async () => {
		const { about, platform, work } = await owedSms();
		platform.meanwhile = async () => {
			throw new Error('the worker died');
		};
		await expect(work.deliverSms(about)).rejects.toThrow();
		expect((await rowOf(about.messageId)).state).toBe('sending');
		platform.meanwhile = async () => {};
		for (const _again of [1, 2]) expect(await work.deliverSms(about)).toMatchObject({ state: 'unknown' });
		expect(platform.texts.length).toBe(1);
		expect(await rowOf(about.messageId)).toMatchObject({ state: 'unknown', reason: 'outcome-unknown', params: null });
	});

	test('an unknown SMS leaves its code as good as ever; a late record makes it sent', async () => {
		const { about, platform, work } = await owedSms();
		// Another attempt finds `sending` while this one is still waiting for the provider.
		platform.meanwhile = async () => {
			platform.meanwhile = async () => {};
			expect(await work.deliverSms(about)).toMatchObject({ state: 'unknown' });
		};
		expect(await work.deliverSms(about)).toEqual({ state: 'sent' });
		expect((await rowOf(about.messageId)).state).toBe('sent');
		expect(platform.texts.length).toBe(1);
	});

	test('an SMS that was surely not sent is queued again for as long as the provider says, and then sent', async () => {
		const { about, platform, work } = await owedSms();
		platform.outcomes.push({ outcome: 'retry', retryAfterMs: 7_000 });
		await expect(work.deliverSms(about)).rejects.toMatchObject({ type: 'NotSent', nextRetryDelay: 7_000 });
		expect((await rowOf(about.messageId)).state).toBe('queued');
		expect(await work.deliverSms(about)).toEqual({ state: 'sent' });
	});

	test('the error of a delivery holds no personal data', async () => {
		const { about, platform, work, email } = await owedMail();
		platform.outcomes.push({ outcome: 'retry' });
		const error = await work.deliverEmail(about).catch((thrown: Error) => thrown);
		expect(JSON.stringify([error, String(error)])).not.toContain(email);
	});

	test('the desk shows a failed mail with its reason, until another is sent', async () => {
		const { about, platform, work, id } = await owedMail();
		platform.outcomes.push({ outcome: 'failed', reason: 'address-refused' });
		expect(await work.deliverEmail(about)).toEqual({ state: 'failed', reason: 'address-refused' });
		expect(ok(await getAccount(acts.api, { accountId: id }))).toMatchObject({
			attention: 'email-failed',
			temporaryPassword: { state: 'failed' },
		});
		const { items } = ok(await listEvents(acts.api, { accountId: id }));
		expect(items.at(-1)).toMatchObject({ name: 'messageFailed', reason: 'address-refused' });
		acts.clock.pass(1);
		ok(await reissueTemporaryPassword(acts.api, agent, { accountId: id }));
		const [again] = await messagesOf(acts, id, 'temporary-password');
		await work.deliverEmail({ messageId: again?.id ?? '' });
		expect(ok(await getAccount(acts.api, { accountId: id })).attention).toBeNull();
	});

	test('a bounce from the old address does not concern the corrected one', async () => {
		const { work, platform, id } = await owedMail();
		ok(await correctEmail(acts.api, agent, { accountId: id, email: someEmail() }));
		const [notice] = await messagesOf(acts, id, 'email-corrected');
		platform.outcomes.push({ outcome: 'failed', reason: 'address-refused' });
		await work.deliverEmail({ messageId: notice?.id ?? '' });
		expect(ok(await getAccount(acts.api, { accountId: id }))).toMatchObject({
			attention: null,
			temporaryPassword: { state: 'queued' },
		});
	});

	test('S-43 an SMS the provider did not take ends its wait at once and counts for no cap', async () => {
		const { about, platform, work, token, id } = await owedSms();
		const counted = () => acts.db.selectFrom('limits').select('count').orderBy('key').execute();
		const before = await counted();
		platform.outcomes.push({ outcome: 'failed', reason: 'number-opted-out' });
		await work.deliverSms(about);
		const after = await counted();
		const total = (rows: typeof before) => rows.reduce((sum, { count }) => sum + count, 0);
		expect(total(before) - total(after)).toBe(3);
		expect(ok(await getAccount(acts.api, { accountId: id })).attention).toBe('sms-failed');
		const again = ok(await putPhone(acts.api, user(token), { number: NUMBER }));
		expect(again.phone?.passcode).toMatchObject({ number: 2, delivery: 'queued' });
		const wait = Date.parse(again.phone?.passcode?.resendAvailableAt ?? '') - Date.parse(acts.clock.now());
		expect(wait).toBe(30_000);
	});

	test('nothing leaves after it was given up', async () => {
		const sms = await owedSms();
		const mail = await owedMail();
		acts.clock.pass(5 * MINUTE_MS);
		expect(await sms.work.deliverSms(sms.about)).toEqual({ state: 'failed', reason: 'not-delivered-in-time' });
		acts.clock.pass(DAY_MS);
		expect(await mail.work.deliverEmail(mail.about)).toEqual({ state: 'failed', reason: 'not-delivered-in-time' });
		expect([...sms.platform.texts, ...mail.platform.mails]).toEqual([]);
	});

	test('a message sealed under a key that left the ring fails, and is not tried for ever', async () => {
		const { about, id } = await owedMail();
		const { work, platform } = workOn(acts, { keys: new KeyRing([{ id: 'other', key: randomBytes(32) }]) });
		expect(await work.deliverEmail(about)).toEqual({ state: 'failed', reason: 'unreadable' });
		expect(platform.mails).toEqual([]);
		expect(ok(await getAccount(acts.api, { accountId: id })).attention).toBe('email-failed');
	});

	test('S-10 a mail that a reissue overtook is not sent', async () => {
		const { about, platform, work, id } = await owedMail();
		ok(await reissueTemporaryPassword(acts.api, agent, { accountId: id }));
		expect(await work.deliverEmail(about)).toEqual({ state: 'void', reason: 'superseded' });
		expect(platform.mails).toEqual([]);
	});

	test('an erasure wins over a delivery under way, however it ends', async () => {
		for (const outcome of [
			{ outcome: 'sent' },
			{ outcome: 'failed', reason: 'number-invalid' },
			{ outcome: 'unknown' },
		] as const) {
			for (const { about, platform, work, id } of [await owedMail(), await owedSms()]) {
				platform.outcomes.push(outcome);
				platform.meanwhile = async () => ok(await eraseAccount(acts.api, agent, { accountId: id }));
				await deliver(work, about);
				const account = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
				expect(account).toMatchObject({ email: null, emailFailedAt: null, smsFailedAt: null });
				expect(await rowOf(about.messageId)).toMatchObject({ recipient: null, params: null });
			}
		}
	});

	test('a message without an account is not sent', async () => {
		const { work, platform, about, id } = await owedMail();
		ok(await eraseAccount(acts.api, agent, { accountId: id }));
		expect(await work.deliverEmail(about)).toEqual({ state: 'void' });
		expect(await work.deliverSms({ messageId: randomUUID() })).toEqual({ state: 'void' });
		expect([...platform.mails, ...platform.texts]).toEqual([]);
	});

	async function deliver(work: ReturnType<typeof workOn>['work'], about: { messageId: string }) {
		const { channel } = await rowOf(about.messageId);
		return channel === 'sms' ? work.deliverSms(about) : work.deliverEmail(about);
	}
});
