import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deferPhone, verifyPhone } from '../../acts/phone/phone.js';
import { eraseAccount } from '../../acts/accounts/registration.js';
import type { Template } from '../../domain/message.js';
import { NOTICE_AFTER_MS } from '../../domain/policy.js';
import { after, DAY_MS } from '../../domain/time.js';
import {
	type Acts,
	agent,
	complete,
	confirmed,
	newest,
	ok,
	openActs,
	signedInTwice,
	user,
	withPasscode,
	withPassword,
} from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { workOn } from './platform.js';

const NOTICES: Template[] = ['password-changed', 'authenticator-confirmed', 'phone-verified'];

describe.each(DATABASES.filter(({ missing }) => !missing))('what a user is told was changed, on $name', ({ open }) => {
	let acts: Acts;
	let work: ReturnType<typeof workOn>['work'];
	beforeAll(async () => {
		acts = await openActs(open, { passcodesPerNumberPerDay: 1_000 });
		({ work } = workOn(acts));
	});
	afterAll(() => acts.stop());

	async function noticesOf(accountId: string): Promise<string[]> {
		const rows = await acts.db
			.selectFrom('messages')
			.select('template')
			.where('accountId', '=', accountId)
			.where('template', 'in', NOTICES)
			.orderBy('createdAt')
			.execute();
		return rows.map(({ template }) => template);
	}

	test('is all in one mail when the set-up is through', async () => {
		const { id } = await complete(acts);
		expect(await noticesOf(id)).toEqual(['phone-verified']);
		const { passwordChangedAt, authenticatorConfirmedAt, phone } = await newest(acts, id, 'phone-verified');
		expect([passwordChangedAt, authenticatorConfirmedAt].every((at) => at && at <= acts.clock.now())).toBe(true);
		expect(phone).toMatch(/^\+351 •+ 78$/);
		acts.clock.pass(NOTICE_AFTER_MS);
		await work.loadFacts({ accountId: id });
		expect(await noticesOf(id)).toHaveLength(1);
	});

	test('comes with "Remind me later", once, and the phone when it is added', async () => {
		const person = await withPasscode(acts);
		ok(await deferPhone(acts.api, user(person.token)));
		expect(await noticesOf(person.id)).toEqual(['authenticator-confirmed']);
		expect(await newest(acts, person.id, 'authenticator-confirmed')).not.toHaveProperty('phone');
		ok(await deferPhone(acts.api, user(person.token)));
		expect(await noticesOf(person.id)).toHaveLength(1);
		ok(await verifyPhone(acts.api, user(person.token), { code: person.code }));
		expect(await noticesOf(person.id)).toEqual(['authenticator-confirmed', 'phone-verified']);
	});

	test('comes ten minutes after the last change of who does not go on, not a millisecond sooner, and once', async () => {
		const { id } = await withPassword(acts);
		acts.clock.pass(NOTICE_AFTER_MS - 1);
		expect((await work.loadFacts({ accountId: id })).owed.map(({ template }) => template)).not.toContain(
			'password-changed',
		);
		acts.clock.pass(1);
		for (const _again of [1, 2]) {
			const { owed } = await work.loadFacts({ accountId: id });
			expect(owed.filter(({ template }) => NOTICES.includes(template))).toMatchObject([
				{ template: 'password-changed', giveUpAt: after(acts.clock.now(), DAY_MS) },
			]);
		}
		expect(await noticesOf(id)).toEqual(['password-changed']);
	});

	test('is looked for by the sweep, should nobody act', async () => {
		const { id } = await confirmed(acts);
		const due = after(acts.clock.now(), NOTICE_AFTER_MS);
		await acts.db.updateTable('messages').set({ state: 'sent' }).where('accountId', '=', id).execute();
		await work.loadFacts({ accountId: id });
		const { wakeBy } = await acts.db
			.selectFrom('accounts')
			.select('wakeBy')
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		expect(wakeBy && wakeBy >= due && wakeBy <= after(due, 60_000)).toBe(true);
	});

	test('is told again with what came after, at its own time', async () => {
		const person = await confirmed(acts);
		acts.clock.pass(NOTICE_AFTER_MS);
		await work.loadFacts({ accountId: person.id });
		expect(await noticesOf(person.id)).toEqual(['authenticator-confirmed']);
		const token = await signedInTwice(acts, person);
		ok(await deferPhone(acts.api, user(token)));
		expect(await noticesOf(person.id)).toHaveLength(1);
	});

	test('is told to nobody once the account was erased', async () => {
		const { id } = await confirmed(acts);
		ok(await eraseAccount(acts.api, agent, { accountId: id }));
		acts.clock.pass(NOTICE_AFTER_MS);
		await work.loadFacts({ accountId: id });
		expect(await noticesOf(id)).toEqual([]);
	});
});
