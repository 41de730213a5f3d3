import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import type { Policy } from '../../domain/policy.js';
import type { Refusal } from '../../domain/refusal.js';
import { DAY_MS, HOUR_MS } from '../../domain/time.js';
import { addSession } from '../database/rows.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

const OFFICE = '198.51.100.1';

/** Mobile numbers of different ranges. */
const numberOf = (range: number, last = 0) => `+35191${String(range).padStart(2, '0')}${String(34_567 + last)}`;

describe.each(DATABASES.filter(({ missing }) => !missing))('SMS over all accounts, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeEach(async () => {
		acts = await t.openActs(open);
	});
	afterEach(() => acts.stop());

	const withPolicy = (changes: Partial<Policy>) => {
		acts.api.policy = { ...acts.api.policy, ...changes };
	};
	/** Accounts that stand before the phone. */
	const people = async (count: number) => {
		const all: { id: string; token: string }[] = [];
		for (let i = 0; i < count; i += 1) all.push(await t.confirmed(acts));
		return all;
	};
	const ask = (token: string, number: string, source: string) =>
		putPhone(acts.api, { ...t.user(token), source }, { number });
	const isSent = (answer: object): boolean => !('refusal' in answer);
	const prove = async ({ id, token }: { id: string; token: string }, source: string) =>
		verifyPhone(acts.api, { ...t.user(token), source }, { code: await t.passcodeOf(acts, id) });

	test('five strangers who each request an SMS to a number do not block its owner', async () => {
		const [owner, ...strangers] = await people(6);
		for (const [i, stranger] of strangers.entries()) t.ok(await ask(stranger.token, t.NUMBER, `203.0.113.${i}`));
		t.ok(await ask(owner?.token ?? '', t.NUMBER, OFFICE));
		acts.clock.pass(60_000);
		t.ok(await prove(owner as { id: string; token: string }, OFFICE));
	});

	test('however many accounts ask, a number gets no more SMS a day than its pot and the own shares hold', async () => {
		const sent: boolean[] = [];
		for (const [i, { token }] of (await people(18)).entries()) {
			sent.push(isSent(await ask(token, t.NUMBER, `203.0.113.${i}`)));
		}
		expect(sent.filter(Boolean)).toHaveLength(15);
		expect(sent.slice(15)).toEqual([false, false, false]);
	});

	test('an account that asks for one number after another has no share of its own in any', async () => {
		const [walker, ...others] = await people(6);
		for (const [i, other] of others.entries()) t.ok(await ask(other.token, t.NUMBER, `203.0.113.${i}`));
		t.ok(await ask(walker?.token ?? '', numberOf(66), '203.0.113.66'));
		acts.clock.pass(60_000);
		const refusal = t.refused(await ask(walker?.token ?? '', t.NUMBER, '203.0.113.66'));
		expect(refusal.refusal).toBe('rate-limited');
	});

	test('accounts made today use up the common part of the day; older ones still get two SMS each', async () => {
		withPolicy({ smsPerDay: 10, passcodesPerDay: 5 });
		const [old, older] = await people(2);
		acts.clock.pass(DAY_MS);
		const fresh = await people(9);
		const tokens = [];
		for (const account of [old, older]) tokens.push(await signInAgain(account?.id ?? ''));
		const answers: boolean[] = [];
		for (const [i, { token }] of fresh.entries()) answers.push(isSent(await ask(token, numberOf(i), `203.0.113.${i}`)));
		expect(answers).toEqual([true, true, true, true, true, true, true, true, false]);
		for (const [i, token] of tokens.entries()) t.ok(await ask(token, numberOf(70 + i), OFFICE));
		t.refused(await ask(fresh[8]?.token ?? '', numberOf(80), '203.0.113.8'));
	});

	test('only a network whose codes get verified draws on the reserve', async () => {
		const [good, bad] = ['198.51.100.7', '203.0.113.7'];
		for (const [i, person] of (await people(5)).entries()) {
			t.ok(await ask(person.token, numberOf(i), good));
			t.ok(await prove(person, good));
		}
		for (const [i, { token }] of (await people(5)).entries()) t.ok(await ask(token, numberOf(20 + i), bad));
		withPolicy({ smsPerDay: 15 });
		const [one, two, three] = await people(3);
		for (const [i, account] of [one, two].entries()) {
			t.ok(await ask(account?.token ?? '', numberOf(40 + i), i === 0 ? '192.0.2.50' : '192.0.2.51'));
		}
		expect(isSent(await ask(three?.token ?? '', numberOf(43), bad))).toBe(false);
		expect(isSent(await ask(three?.token ?? '', numberOf(43), good))).toBe(true);
	});

	test('an office of forty behind one address signs in, confirms and verifies, within one hour', async () => {
		for (const [i, person] of (await people(40)).entries()) {
			t.ok(await ask(person.token, numberOf(i), OFFICE));
			t.ok(await prove(person, OFFICE));
		}
	}, 120_000);

	test('only refused sign-ins count for a network', async () => {
		withPolicy({ signInsPerNetworkPerHour: 5 });
		const { email, temporaryPassword: password } = await t.registered(acts);
		const enter = (typed: { email: string; password: string }) =>
			signIn(acts.api, { token: undefined, source: OFFICE }, typed);
		for (let i = 0; i < 12; i += 1) t.ok(await enter({ email, password }));
		for (let i = 0; i < 5; i += 1) {
			expect(t.refused(await enter({ email: `p${i}@example.com`, password: 'Spring2026!' })).refusal).toBe(
				'invalid-credentials',
			);
		}
		expect(t.refused(await enter({ email, password }))).toMatchObject({
			refusal: 'rate-limited',
			retryAfter: HOUR_MS / 1000,
		});
	});

	test('an attacker on one network reaches at most thirty SMS in an hour, and at most five to one number', async () => {
		const accounts = await people(14);
		const reached = new Map<string, number>();
		const refusals: Refusal[] = [];
		for (let round = 0; round < 5; round += 1) {
			for (const [i, { token }] of accounts.entries()) {
				const number = numberOf((i + round) % 7);
				const answer = await ask(token, number, '203.0.113.99');
				if (isSent(answer)) reached.set(number, (reached.get(number) ?? 0) + 1);
				else refusals.push(answer as Refusal);
			}
			acts.clock.pass(125_000);
		}
		const sent = [...reached.values()].reduce((sum, n) => sum + n, 0);
		expect(sent).toBe(30);
		expect(Math.max(...reached.values())).toBeLessThanOrEqual(5);
		expect(new Set(refusals.map(({ refusal }) => refusal))).toEqual(new Set(['rate-limited']));
	}, 60_000);

	/** A two-factor session of an account whose own has ended. */
	async function signInAgain(accountId: string): Promise<string> {
		const opened = { accountId, assurance: 'two-factor', temporaryPasswordId: null } as const;
		return addSession(acts.db, acts.api.keys, opened, acts.clock.now());
	}
});
