import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAccounts } from '../../acts/accounts/list.js';
import { ATTENTIONS, STEPS } from '../../domain/step.js';
import { type Acts, ok, openActs, START } from '../acts/acts.js';
import { boundOf, timed } from '../setup/busy.js';
import { DATABASES } from '../setup/databases.js';
import { insertMany } from './many-accounts.js';

const ACCOUNTS = 10_000;
const P95_MS = 300;
/** Times a page of ten accounts, in the same minutes, that a page of 10,000 may take on a busy machine. */
const TIMES = 20;
const ROUNDS = 8;

/** Every list the desk can ask for. */
const QUERIES = [
	{},
	...STEPS.map((step) => ({ step })),
	...[...ATTENTIONS, 'any' as const].map((attention) => ({ attention })),
	{ email: 'person123' },
	{ email: '@company7' },
	{ email: 'nobody-has-this' },
	{ email: 'person', step: 'verify-phone' as const },
];

describe.each(DATABASES)('10,000 accounts on $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	let acts: Acts;
	let few: Acts;
	beforeAll(async () => {
		[acts, few] = [await openActs(open), await openActs(open)];
		await insertMany(acts.db, ACCOUNTS, START);
		await insertMany(few.db, 10, START);
		await sql`analyze accounts`.execute(acts.db);
	});
	afterAll(async () => {
		await acts.stop();
		await few.stop();
	});

	test('95 of 100 lists are there within 300 ms, on the first page and on later ones', async () => {
		const tookMs: number[] = [];
		const small: number[] = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			for (const query of QUERIES) {
				small.push((await timed(() => listAccounts(few.api, { ...query, order: 'soonest' }))).ms);
				let cursor: string | undefined;
				for (let page = 0; page < 3; page += 1) {
					const { ms, result } = await timed(() => listAccounts(acts.api, { ...query, order: 'soonest', cursor }));
					tookMs.push(ms);
					cursor = ok(result).nextCursor ?? undefined;
					if (!cursor) break;
				}
			}
		}
		tookMs.sort((a, b) => a - b);
		const at = (share: number) => Math.round(tookMs[Math.floor(tookMs.length * share)] ?? 0);
		console.log(`${tookMs.length} lists: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(0.999)} ms`);
		expect(at(0.95)).toBeLessThan(boundOf({ ms: P95_MS, times: TIMES, small }));
	});

	test('the last page is as near as the first', async () => {
		let cursor: string | undefined;
		let seen = 0;
		const tookMs: number[] = [];
		do {
			const { ms, result } = await timed(() => listAccounts(acts.api, { order: 'soonest', cursor, limit: 100 }));
			tookMs.push(ms);
			const page = ok(result);
			seen += page.items.length;
			cursor = page.nextCursor ?? undefined;
		} while (cursor);
		expect(seen).toBe(ACCOUNTS);
		const late = tookMs.slice(-10);
		expect(Math.min(...late)).toBeLessThan(boundOf({ ms: P95_MS / 10, times: 3, small: tookMs.slice(0, 10) }));
	});
});
