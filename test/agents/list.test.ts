import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAccounts } from '../../acts/accounts/list.js';
import { eraseAccount, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import type { Account } from '../../acts/views.js';
import { DAY_MS, HOUR_MS } from '../../domain/time.js';
import {
	type Acts,
	agent,
	complete,
	confirmed,
	ok,
	openActs,
	refused,
	registered,
	withPassword,
} from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';

describe.each(DATABASES)('the agent’s list on $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	let acts: Acts;
	const emails: Record<string, string> = {};

	beforeAll(async () => {
		acts = await openActs(open);
		emails.expired = (await registered(acts)).email;
		acts.clock.pass(DAY_MS);
		emails.late = (await registered(acts)).email;
		acts.clock.pass(HOUR_MS);
		const reissued = await registered(acts);
		emails.done = (await complete(acts)).email;
		emails.token = (await withPassword(acts)).email;
		acts.clock.pass(HOUR_MS);
		emails.phone = (await confirmed(acts)).email;
		const erased = await registered(acts);
		ok(await eraseAccount(acts.api, agent, { accountId: erased.id }));
		ok(await reissueTemporaryPassword(acts.api, agent, { accountId: reissued.id }));
		emails.reissued = reissued.email;
		await acts.db.updateTable('messages').set({ state: 'sent' }).execute();
	});
	afterAll(() => acts.stop());

	async function pages(query: Parameters<typeof listAccounts>[1], limit: number): Promise<Account[]> {
		const items: Account[] = [];
		let cursor: string | undefined;
		do {
			const page = ok(await listAccounts(acts.api, { ...query, limit, cursor }));
			items.push(...page.items);
			cursor = page.nextCursor ?? undefined;
		} while (cursor);
		return items;
	}
	const named = (items: Account[]) =>
		items.map(({ email }) => Object.keys(emails).find((name) => emails[name] === email));

	test.each([1, 2, 3, 50])(
		'soonest: accounts that wait come by expiry, then the rest newest first, %i a page',
		async (limit) => {
			const items = await pages({ order: 'soonest' }, limit);
			expect(named(items).slice(0, 2)).toEqual(['late', 'reissued']);
			expect(named(items).slice(2)).toHaveLength(4);
			expect(new Set(named(items).slice(2))).toEqual(new Set(['phone', 'done', 'token', 'expired']));
			expect(named(items).at(2)).toBe('phone');
			expect(named(items).at(-1)).toBe('expired');
		},
	);

	test('newest: by when they were registered', async () => {
		const times = (await pages({}, 2)).map(({ createdAt }) => createdAt);
		expect(times).toEqual([...times].sort().reverse());
		expect(times).toHaveLength(6);
	});

	test.each([
		['change-password', ['late', 'reissued']],
		['temporary-password-expired', ['expired']],
		['confirm-authenticator', ['token']],
		['verify-phone', ['phone']],
		['complete', ['done']],
	] as const)('soonest at %s', async (step, names) => {
		expect(named(await pages({ order: 'soonest', step }, 1))).toEqual(names);
	});

	test('one filter finds every account that needs attention', async () => {
		expect(named(await pages({ order: 'soonest', attention: 'any' }, 10))).toEqual(['expired']);
	});

	test('turning a page while a password expires shows each account exactly once', async () => {
		const first = ok(await listAccounts(acts.api, { order: 'soonest', limit: 1 }));
		acts.clock.pass(DAY_MS);
		const rest = ok(await listAccounts(acts.api, { order: 'soonest', limit: 50, cursor: first.nextCursor ?? '' }));
		acts.clock.pass(-DAY_MS);
		expect(new Set(named([...first.items, ...rest.items]))).toEqual(new Set(Object.keys(emails)));
		expect(rest.items).toHaveLength(5);
	});

	test.each(['', 'x', Buffer.from('["rest",1,2,3]').toString('base64url')])('cursor %j is refused', async (cursor) => {
		expect(refused(await listAccounts(acts.api, { order: 'soonest', cursor })).refusal).toBe('invalid-request');
	});

	test('a cursor of one order is none of the other', async () => {
		const { nextCursor } = ok(await listAccounts(acts.api, { limit: 1 }));
		const answer = await listAccounts(acts.api, { order: 'soonest', cursor: nextCursor ?? '' });
		expect(refused(answer).refusal).toBe('invalid-request');
	});

	test('a part of an e-mail finds it, whatever case it is typed in; % and _ are themselves', async () => {
		const part = (emails.token ?? '').slice(3, -8).toUpperCase();
		expect(named(await pages({ order: 'soonest', email: part }, 5))).toEqual(['token']);
		expect(await pages({ email: '%' }, 5)).toEqual([]);
		expect(await pages({ email: 'person_' }, 5)).toEqual([]);
	});
});
