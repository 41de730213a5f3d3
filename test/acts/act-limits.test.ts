import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setPassword } from '../../acts/password/password.js';
import { deferPhone, putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { currentSession, signIn, verifyTotp } from '../../acts/sign-in/sign-in.js';
import { after, DAY_MS, HOUR_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

const TIGHT = { actsPerHour: 6, actsPerDay: 10 };
const WEEK_MS = 7 * DAY_MS;

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'the acts of an account are bounded, on $name',
	({ open }) => {
		let acts: t.Acts;
		beforeAll(async () => {
			acts = await t.openActs(open, { passcodesPerPrefixPerHour: 1e4, passcodesPerNumberPerDay: 1e4, ...TIGHT });
		});
		afterAll(() => acts.stop());

		const eventsOf = (id: string) => acts.db.selectFrom('events').select('name').where('accountId', '=', id).execute();
		const answersOf = (id: string) => acts.db.selectFrom('answers').select('key').where('scope', '=', id).execute();

		test('S-43 an hour’s acts are refused beyond the limit, with a Retry-After, and cost nothing', async () => {
			const { token, id } = await t.withPasscode(acts);
			for (let i = 0; i < 5; i += 1) await verifyPhone(acts.api, t.user(token), { code: '' });
			const events = await eventsOf(id);
			const told = acts.told.length;
			for (let i = 0; i < 20; i += 1) {
				const refusal = t.refused(await deferPhone(acts.api, t.user(token, `late-${i}`)));
				expect(refusal).toMatchObject({ refusal: 'rate-limited', retryAfter: 3600 });
			}
			expect(await eventsOf(id)).toEqual(events);
			expect(await answersOf(id)).toEqual([]);
			expect(acts.told).toHaveLength(told);
			acts.clock.pass(HOUR_MS);
			t.ok(await deferPhone(acts.api, t.user(await t.signedInTwice(acts, await t.confirmed(acts)))));
		});

		test('S-43 a day’s acts are refused beyond the limit, however they are spread', async () => {
			const person = await t.confirmed(acts);
			const startedAt = acts.clock.now();
			let token = person.token;
			const act = () => verifyPhone(acts.api, t.user(token), { code: '123456' });
			for (let hour = 0; hour < 2; hour += 1) {
				for (let i = 0; i < 5; i += 1) expect(t.refused(await act()).refusal).toBe('wrong-step');
				acts.clock.pass(HOUR_MS);
				token = await t.signedInTwice(acts, person);
			}
			const refusal = t.refused(await act());
			expect(refusal.refusal).toBe('rate-limited');
			expect(after(acts.clock.now(), (refusal.retryAfter ?? 0) * 1000) >= after(startedAt, DAY_MS)).toBe(true);
		});

		test('S-43 of many acts at once no more come through than the limit holds, and no more answers are stored', async () => {
			const { token, id } = await t.confirmed(acts);
			const answers = await Promise.all(
				Array.from({ length: 30 }, (_, i) => deferPhone(acts.api, t.user(token, `key-${i}`))),
			);
			expect(answers.filter((answer) => !('refusal' in answer)).length).toBe(6);
			expect((await answersOf(id)).length).toBeLessThanOrEqual(6);
		});

		test('a repeat under its key is no act, and is answered beyond the limit', async () => {
			const { token } = await t.confirmed(acts);
			const first = t.ok(await deferPhone(acts.api, t.user(token, 'once')));
			for (let i = 0; i < 10; i += 1) await deferPhone(acts.api, t.user(token));
			expect(await deferPhone(acts.api, t.user(token, 'once'))).toEqual(first);
		});

		test('S-43 repeats that open a session each are acts: a captured request opens no more than the limit holds', async () => {
			const { id, token } = await t.signedIn(acts);
			for (let i = 0; i < 30; i += 1) await setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD });
			const sessions = await acts.db.selectFrom('sessions').select('id').where('accountId', '=', id).execute();
			expect(sessions.length).toBeLessThanOrEqual(TIGHT.actsPerHour + 1);
			const last = await setPassword(acts.api, t.user(token, 'k'), { password: t.PASSWORD });
			expect(t.refused(last)).toMatchObject({ refusal: 'rate-limited', retryAfter: 3600 });
		});

		test('a thief of the password cannot use up the acts of a two-factor session', async () => {
			const person = await t.confirmed(acts);
			const thief = t.ok(await signIn(acts.api, t.user(undefined), { email: person.email, password: t.PASSWORD }));
			for (let i = 0; i < 20; i += 1) await verifyTotp(acts.api, t.user(thief.token), { code: 'x' });
			expect(t.refused(await verifyTotp(acts.api, t.user(thief.token), { code: 'x' })).refusal).toBe('rate-limited');
			t.ok(await putPhone(acts.api, t.user(person.token), { number: t.NUMBER }));
		});

		test('S-43 sign-ins of an account from one network are bounded too, and from another network go on', async () => {
			const { email, temporaryPassword: password, id } = await t.registered(acts);
			const enter = (source: string) => signIn(acts.api, { token: undefined, source }, { email, password });
			for (let i = 0; i < 6; i += 1) t.ok(await enter('203.0.113.1'));
			const events = await eventsOf(id);
			expect(t.refused(await enter('203.0.113.1'))).toMatchObject({ refusal: 'rate-limited', retryAfter: 3600 });
			expect(await eventsOf(id)).toEqual(events);
			t.ok(await enter('203.0.113.2'));
		});

		test('a deferral that changes nothing is no event and no signal, and is answered with the state', async () => {
			const person = await t.confirmed(acts);
			const first = t.ok(await deferPhone(acts.api, t.user(person.token)));
			const [events, told] = [await eventsOf(person.id), acts.told.length];
			acts.clock.pass(HOUR_MS / 2);
			for (let i = 0; i < 3; i += 1) expect(await deferPhone(acts.api, t.user(person.token))).toEqual(first);
			expect(await eventsOf(person.id)).toEqual(events);
			expect(acts.told).toHaveLength(told);
			expect(t.ok(await currentSession(acts.api, t.user(person.token))).next).toBeNull();
			acts.clock.pass(WEEK_MS / 10);
			const token = await t.signedInTwice(acts, person);
			t.ok(await deferPhone(acts.api, t.user(token)));
			expect((await eventsOf(person.id)).at(-1)?.name).toBe('phoneDeferred');
			expect(acts.told.at(-1)).toMatchObject({ accountId: person.id, name: 'phoneDeferred' });
		});
	},
);
