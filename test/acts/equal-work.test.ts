import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freezeAccount } from '../../acts/accounts/help.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

const work = vi.hoisted(() => ({ verified: [] as string[], hashed: 0 }));

/** Counts what the real module is asked to do: a stopwatch on a busy machine would prove nothing. */
vi.mock('@node-rs/argon2', async (original) => {
	const real = await original<typeof import('@node-rs/argon2')>();
	return {
		...real,
		verify: (digest: string, password: string) => {
			work.verified.push(digest.slice(0, digest.lastIndexOf('p=1$') + 4));
			return real.verify(digest, password);
		},
		hash: (...args: Parameters<typeof real.hash>) => {
			work.hashed += 1;
			return real.hash(...args);
		},
	};
});

describe('S-44 every sign-in does the same work', () => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(DATABASES[0].open);
	});
	afterAll(() => acts.stop());

	test('exactly one argon2id of the same parameters for each e-mail and each password', async () => {
		const { email, temporaryPassword } = await t.registered(acts);
		const changed = await t.withPassword(acts);
		const confirmed = await t.confirmed(acts);
		const frozen = await t.withPassword(acts);
		const frozenBefore = await t.registered(acts);
		for (const { id } of [frozen, frozenBefore]) t.ok(await freezeAccount(acts.api, t.agent, { accountId: id }));
		const attempts = {
			'an unknown e-mail': ['nobody@example.com', 'wrong'],
			'a temporary password': [email, temporaryPassword],
			'a wrong temporary password': [email, 'wrong'],
			'a password': [changed.email, t.PASSWORD],
			'a wrong password': [changed.email, 'wrong'],
			'the password of a confirmed account': [confirmed.email, t.PASSWORD],
			'the password of a frozen account': [frozen.email, t.PASSWORD],
			'a wrong password of a frozen account': [frozen.email, 'wrong'],
			'the temporary password of a frozen account': [frozenBefore.email, frozenBefore.temporaryPassword],
			'a password of great length': [changed.email, 'x'.repeat(4_096)],
		} as const;
		for (const [what, [address, password]] of Object.entries(attempts)) {
			work.verified.length = 0;
			work.hashed = 0;
			await signIn(acts.api, t.user(undefined), { email: address, password });
			expect(work, what).toEqual({ verified: ['$argon2id$v=19$m=19456,t=2,p=1$'], hashed: 0 });
		}
	});

	test('an attempt that is slowed down is not compared at all', async () => {
		for (let i = 0; i < 10; i += 1)
			await signIn(acts.api, t.user(undefined), { email: 'slow@example.com', password: 'wrong' });
		work.verified.length = 0;
		t.refused(await signIn(acts.api, t.user(undefined), { email: 'slow@example.com', password: 'wrong' }));
		expect(work.verified).toEqual([]);
	});
});
