import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eraseAccount } from '../../acts/accounts/registration.js';
import { deferPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import type { Template } from '../../domain/message.js';
import { after, DAY_MS, HOUR_MS } from '../../domain/time.js';
import {
	type Acts,
	agent,
	complete,
	confirmed,
	newest,
	ok,
	openActs,
	user,
	withPasscode,
	withPassword,
} from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { workOn } from './platform.js';

const NOTICES: Template[] = ['password-changed', 'authenticator-confirmed', 'phone-verified'];

describe.each(DATABASES.filter(({ missing }) => !missing))('a user, on $name,', ({ open }) => {
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

	test('hears of the password and the mobile token at once when the token is confirmed', async () => {
		const before = await withPassword(acts);
		expect(await noticesOf(before.id)).toEqual([]);
		const { id, email } = await confirmed(acts);
		expect(await noticesOf(id)).toEqual(['authenticator-confirmed']);
		const { passwordChangedAt, authenticatorConfirmedAt, ...rest } = await newest(acts, id, 'authenticator-confirmed');
		expect(passwordChangedAt && passwordChangedAt <= acts.clock.now()).toBe(true);
		expect(authenticatorConfirmedAt).toBe(acts.clock.now());
		expect(rest).toEqual({ recipient: email });
		const { owed } = await work.loadFacts({ accountId: id });
		const giveUpAt = after(acts.clock.now(), DAY_MS);
		expect(owed.filter(({ template }) => NOTICES.includes(template))).toMatchObject([{ giveUpAt }]);
	});

	test('hears of the fallback phone at once when it is verified', async () => {
		const { id } = await complete(acts);
		expect(await noticesOf(id)).toEqual(['authenticator-confirmed', 'phone-verified']);
		expect(await newest(acts, id, 'phone-verified')).toEqual({
			phone: expect.stringMatching(/^\+351 •+ 78$/),
			recipient: expect.stringContaining('@'),
		});
	});

	test('hears of a phone that was deferred first when it is added, and of the deferral nothing', async () => {
		const person = await withPasscode(acts);
		ok(await deferPhone(acts.api, user(person.token)));
		expect(await noticesOf(person.id)).toEqual(['authenticator-confirmed']);
		ok(await verifyPhone(acts.api, user(person.token), { code: person.code }));
		expect(await noticesOf(person.id)).toEqual(['authenticator-confirmed', 'phone-verified']);
	});

	test('hears of it once, whatever time passes and however often the account is looked at', async () => {
		const { id } = await confirmed(acts);
		acts.clock.pass(HOUR_MS);
		for (const _again of [1, 2]) await work.loadFacts({ accountId: id });
		expect(await noticesOf(id)).toEqual(['authenticator-confirmed']);
	});

	test('hears once more when the account is erased, and nothing else', async () => {
		const { id } = await confirmed(acts);
		ok(await eraseAccount(acts.api, agent, { accountId: id }));
		const { owed } = await work.loadFacts({ accountId: id });
		expect(owed.map(({ template }) => template)).toEqual(['account-erased']);
	});
});
