import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLoad, turnKeyOf } from '../../acts/door/load.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { isRefusal } from '../../domain/refusal.js';
import { type Acts, FREELY, openActs, refused } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';

const HASHES = { each: { atOnce: 1, waiting: 2 }, all: { atOnce: 2, waiting: 8 } };
let acts: Acts;
beforeAll(async () => {
	acts = await openActs(pgliteDatabase);
});
afterAll(() => acts.stop());

test('who owns many IPv6 networks has the turns of one, and leaves room for others', async () => {
	const api = { ...acts.api, load: createLoad({ ...FREELY, hashes: HASHES }) };
	const from = (source: string) => signIn(api, { token: undefined, source }, { email: 'a@example.com', password: 'x' });
	const flood = Array.from({ length: 40 }, (_, n) => from(`2001:db8:7:${n.toString(16)}::/64`));
	const stranger = refused(await from('198.51.100.1'));
	expect(stranger.refusal).toBe('invalid-credentials');
	const refusals = (await Promise.all(flood)).flatMap((answer) => (isRefusal(answer) ? [answer.refusal] : []));
	expect(refusals.filter((refusal) => refusal === 'rate-limited').length).toBe(37);
	expect(refusals).not.toContain('unavailable');
});

test.each([
	['2001:db8:7:1::/64', '2001:db8:7::/48'],
	['2001:0:0:0::/64', '2001:0:0::/48'],
	['198.51.100.1', '198.51.100.1'],
	['unknown', 'unknown'],
])('the turns of %s are those of %s', (source, key) => {
	expect(turnKeyOf(source)).toBe(key);
});
