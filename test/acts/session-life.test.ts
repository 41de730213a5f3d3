import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { currentSession, signIn, signOut } from '../../acts/sign-in/sign-in.js';
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('the life of a session, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(open);
	});
	afterAll(() => acts.stop());

	const isLive = async (token: string | undefined) => 'step' in (await currentSession(acts.api, t.user(token)));

	test('S-40 ends after an idle hour, to the millisecond', async () => {
		const { token } = await t.confirmed(acts);
		acts.clock.pass(HOUR_MS - 1);
		expect(await isLive(token)).toBe(true);
		acts.clock.pass(HOUR_MS - 1);
		expect(await isLive(token)).toBe(true);
		acts.clock.pass(HOUR_MS);
		expect(await isLive(token)).toBe(false);
	});

	test('S-40 ends after 24 hours, however busy', async () => {
		const { token } = await t.confirmed(acts);
		const opened = acts.clock.now();
		for (let i = 0; i < 47; i += 1) {
			acts.clock.pass(30 * MINUTE_MS);
			expect(await isLive(token)).toBe(true);
		}
		acts.clock.set(after(opened, DAY_MS - 1));
		expect(t.ok(await currentSession(acts.api, t.user(token))).expiresAt).toBe(after(opened, DAY_MS));
		acts.clock.pass(1);
		expect(await isLive(token)).toBe(false);
	});

	test('S-41 a rotation starts a new lifetime; the old token only gets an answer to a repeat', async () => {
		const { token } = await t.withPassword(acts);
		const rotated = acts.clock.now();
		expect(t.ok(await currentSession(acts.api, t.user(token))).expiresAt).toBe(after(rotated, HOUR_MS));
	});

	test('S-41 no token is stored: only its digest', async () => {
		const { token } = await t.confirmed(acts);
		const rows = await acts.db.selectFrom('sessionTokens').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain(token);
	});

	test('S-41 signing in over a live session ends that one, a refused sign-in does not', async () => {
		const { email } = await t.withPassword(acts);
		const enter = (token: string | undefined, password = t.PASSWORD) =>
			signIn(acts.api, t.user(token), { email, password });
		const [old, other] = [t.ok(await enter(undefined)).token, t.ok(await enter(undefined)).token];
		t.refused(await enter(old, 'wrong'));
		expect(await isLive(old)).toBe(true);
		const { token } = t.ok(await enter(old));
		expect([await isLive(old), await isLive(other), await isLive(token)]).toEqual([false, true, true]);
	});

	test('S-41 signing in to another account in the same browser ends the session that was there', async () => {
		const [one, two] = [await t.withPassword(acts), await t.withPassword(acts)];
		t.ok(await signIn(acts.api, t.user(one.token), { email: two.email, password: t.PASSWORD }));
		expect([await isLive(one.token), await isLive(two.token)]).toEqual([false, true]);
	});

	test('signing out ends this session at once and no other', async () => {
		const { email } = await t.withPassword(acts);
		const enter = async () => t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD })).token;
		const [one, other] = [await enter(), await enter()];
		expect(t.ok(await signOut(acts.api, t.user(one)))).toBeNull();
		expect([await isLive(one), await isLive(other)]).toEqual([false, true]);
		expect(t.refused(await signOut(acts.api, t.user(one))).refusal).toBe('not-signed-in');
		expect(t.refused(await getOnboarding(acts.api, t.user(one))).refusal).toBe('not-signed-in');
	});
});
