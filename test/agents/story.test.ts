import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents, listMessages } from '../../acts/accounts/accounts.js';
import { getAccountDetails } from '../../acts/accounts/desk.js';
import { reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { MINUTE_MS } from '../../domain/time.js';
import { type Acts, agent, ok, openActs, refused, registered } from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';

const REISSUED = 24;

describe.each(DATABASES)('the story of an account on $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	let acts: Acts;
	let accountId = '';

	beforeAll(async () => {
		acts = await openActs(open);
		accountId = (await registered(acts)).id;
		for (let n = 1; n <= REISSUED; n += 1) {
			// Two at the same moment, so that a page may end between them.
			if (n % 2 === 0) acts.clock.pass(MINUTE_MS);
			ok(await reissueTemporaryPassword(acts.api, agent, { accountId, reason: `number ${n}` }));
		}
	});
	afterAll(() => acts.stop());

	test.each([1, 7, 50])('messages come newest first, each once, %i a page', async (limit) => {
		const whole = ok(await listMessages(acts.api, { accountId, limit: 100 }));
		expect(whole.items).toHaveLength(REISSUED + 1);
		expect(whole.nextCursor).toBeNull();
		const ids: string[] = [];
		let cursor: string | undefined;
		do {
			const page = ok(await listMessages(acts.api, { accountId, limit, cursor }));
			expect(page.items.length).toBeLessThanOrEqual(limit);
			ids.push(...page.items.map(({ id }) => id));
			cursor = page.nextCursor ?? undefined;
		} while (cursor);
		expect(ids).toEqual(whole.items.map(({ id }) => id));
	});

	test.each(['oldest', 'newest'] as const)('events come %s first, each once, page by page', async (order) => {
		const reasons: (string | null)[] = [];
		let cursor: string | undefined;
		do {
			const page = ok(await listEvents(acts.api, { accountId, order, limit: 7, cursor }));
			reasons.push(...page.items.map(({ reason }) => reason));
			cursor = page.nextCursor ?? undefined;
		} while (cursor);
		const wanted = [null, ...Array.from({ length: REISSUED }, (_, n) => `number ${n + 1}`)];
		expect(reasons).toEqual(order === 'oldest' ? wanted : wanted.reverse());
	});

	test('a page that is not asked for in another order or size is the one from before', async () => {
		const { items } = ok(await listEvents(acts.api, { accountId }));
		expect(items).toHaveLength(REISSUED + 1);
		expect(items[0]?.name).toBe('registered');
	});

	test('a cursor of another list or order is refused, not an error', async () => {
		const { nextCursor } = ok(await listEvents(acts.api, { accountId, limit: 1 }));
		const cursor = nextCursor ?? '';
		expect(refused(await listMessages(acts.api, { accountId, cursor })).status).toBe(422);
		expect(refused(await listEvents(acts.api, { accountId, order: 'newest', cursor })).status).toBe(422);
		for (const wrong of ['x', 'bnVsbA', Buffer.from('["oldest",1e30]').toString('base64url')]) {
			expect(refused(await listEvents(acts.api, { accountId, cursor: wrong })).status).toBe(422);
		}
	});

	test('the desk sees the newest of both lists, and the way to the rest', async () => {
		const look = ok(await getAccountDetails(acts.api, { accountId }));
		expect(look.messages.items.length).toBeLessThan(REISSUED);
		expect(look.events.items[0]?.reason).toBe(`number ${REISSUED}`);
		const older = ok(await getAccountDetails(acts.api, { accountId, events: look.events.nextCursor ?? '' }));
		expect(older.events.items.at(-1)?.name).toBe('registered');
		expect(older.events.nextCursor).toBeNull();
		expect(older.messages).toEqual(look.messages);
	});
});
