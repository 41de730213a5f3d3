import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAccounts } from '../../acts/accounts/list.js';
import { eraseAccount, register } from '../../acts/accounts/registration.js';
import { DAY_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('the list of accounts, on $name', ({ open }) => {
	let acts: t.Acts;
	const newestFirst: string[] = [];
	beforeAll(async () => {
		acts = await t.openActs(open);
		// Seven accounts of three moments: most of them tie with a neighbor.
		for (const moment of [0, 0, 0, 1, 1, 2, 2]) {
			if (moment) acts.clock.pass(1);
			const email = `list-${newestFirst.length}_%@example.com`;
			newestFirst.unshift(t.ok(await register(acts.api, t.agent, { email })).id);
		}
	});
	afterAll(() => acts.stop());

	/** All pages, one after the other; `between` runs after each. */
	async function pages(limit: number, query = {}, between: () => Promise<unknown> = async () => {}) {
		const ids: string[] = [];
		let cursor: string | undefined;
		do {
			const page = t.ok(await listAccounts(acts.api, { ...query, limit, cursor }));
			expect(page.items.length).toBeLessThanOrEqual(limit);
			ids.push(...page.items.map(({ id }) => id));
			cursor = page.nextCursor ?? undefined;
			await between();
		} while (cursor);
		return ids;
	}

	test.each([1, 2, 3, 6, 7, 50])('in pages of %i shows each once, none twice, ties or not', async (limit) => {
		const ids = await pages(limit);
		expect([...ids].sort()).toEqual([...newestFirst].sort());
		expect(new Set(ids).size).toBe(7);
	});

	test('keeps its place while others are registered, and does not show erased accounts', async () => {
		const email = t.someEmail();
		const seen = await pages(2, {}, async () => {
			const made = await register(acts.api, t.agent, { email });
			if ('id' in made) t.ok(await eraseAccount(acts.api, t.agent, { accountId: made.id }));
		});
		expect([...seen].sort()).toEqual([...newestFirst].sort());
	});

	test('is searched by part of an e-mail, to the letter', async () => {
		expect((await pages(10, { email: 'LIST-3_%' })).length).toBe(1);
		expect((await pages(10, { email: '_%@EXAMPLE' })).length).toBe(7);
		for (const email of ['list-%', 'list_3', '\\', 'zzz']) expect(await pages(10, { email })).toEqual([]);
	});

	test('is filtered by step and by attention', async () => {
		expect((await pages(3, { step: 'change-password' })).length).toBe(7);
		expect(await pages(3, { step: 'complete' })).toEqual([]);
		await acts.db.updateTable('messages').set({ state: 'sent' }).execute();
		acts.clock.pass(DAY_MS);
		expect(
			(await pages(3, { step: 'temporary-password-expired', attention: 'temporary-password-expired' })).length,
		).toBe(7);
		expect(await pages(3, { attention: 'email-failed' })).toEqual([]);
	});

	test.each([
		'',
		'x',
		'W10',
		Buffer.from('null').toString('base64url'),
		Buffer.from(
			'["newest","2026-11-24T08:00:00.000Z","------------------------------------","2026-11-24T08:00:00.000Z"]',
		).toString('base64url'),
		Buffer.from('["newest","yesterday","00000000-0000-4000-8000-000000000000","2026-11-24T08:00:00.000Z"]').toString(
			'base64url',
		),
		...['-000001-01-01T00:00:00.000Z', '0000-01-01T00:00:00.000Z', '+010000-01-01T00:00:00.000Z'].map((at) =>
			Buffer.from(JSON.stringify(['newest', at, '00000000-0000-4000-8000-000000000000', at])).toString('base64url'),
		),
	])('a cursor that is not ours (%j) is refused, not an error', async (cursor) => {
		expect(t.refused(await listAccounts(acts.api, { cursor })).refusal).toBe('invalid-request');
	});
});
