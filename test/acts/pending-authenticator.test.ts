import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../acts/accounts/accounts.js';
import { confirmAuthenticator, getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { placeOfSecret } from '../../acts/authenticator/totp.js';
import { signIn, signOut, verifyTotp } from '../../acts/sign-in/sign-in.js';
import { mintTotpSecret } from '../../domain/credentials/totp.js';
import { atOnce } from '../database/open-database.js';
import { DATABASES, raceOn } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'an authenticator that is not confirmed yet, on $name',
	({ open, name }) => {
		let acts: t.Acts;
		beforeAll(async () => {
			acts = await t.openActs(open);
		});
		afterAll(() => acts.stop());

		const enter = async (email: string) =>
			t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD })).token ?? '';
		const shown = async (token: string) => t.ok(await getAuthenticator(acts.api, t.user(token))).secret;
		const confirm = (token: string, secret: string) =>
			confirmAuthenticator(acts.api, t.user(token), { code: t.totp(acts, secret) });
		const pendingOf = (accountId: string) =>
			acts.db.selectFrom('authenticators').selectAll().where('accountId', '=', accountId).execute();
		const viewsOf = async (accountId: string) =>
			t.ok(await listEvents(acts.api, { accountId })).items.filter((event) => event.name === 'authenticatorShown');

		test('belongs to one session: a thief of the password reads another secret, and the user’s stays the user’s', async () => {
			const { email, token, secret } = await t.withPassword(acts);
			const thief = await enter(email);
			const stolen = await shown(thief);
			expect(stolen).not.toBe(secret);
			expect(t.refused(await confirm(token, stolen)).refusal).toBe('wrong-code');
			expect(t.refused(await confirm(thief, secret)).refusal).toBe('wrong-code');
			t.ok(await confirm(token, secret));
			acts.clock.pass(30_000);
			const again = await enter(email);
			expect(t.refused(await verifyTotp(acts.api, t.user(again), { code: t.totp(acts, stolen) })).refusal).toBe(
				'wrong-code',
			);
			t.ok(await verifyTotp(acts.api, t.user(again), { code: t.totp(acts, secret) }));
		});

		test('stays the same in its session over repeats and wrong codes, and writes one event on its first view', async () => {
			const { id, email, token, secret } = await t.withPassword(acts);
			t.refused(await confirm(token, mintTotpSecret()));
			expect([await shown(token), await shown(token)]).toEqual([secret, secret]);
			expect(await viewsOf(id)).toMatchObject([{ actor: 'user', source: '192.0.2.1' }]);
			const other = await enter(email);
			await shown(other);
			await shown(other);
			expect((await viewsOf(id)).length).toBe(2);
		});

		test('that is confirmed first wins, and the others end with their sessions', async () => {
			const { id, email, token, secret } = await t.withPassword(acts);
			const other = await enter(email);
			const lost = await shown(other);
			t.ok(await confirm(token, secret));
			expect(await pendingOf(id)).toEqual([]);
			expect(t.refused(await confirm(other, lost)).refusal).toBe('not-signed-in');
		});

		test('ends with its session', async () => {
			const { id, token } = await t.withPassword(acts);
			expect((await pendingOf(id)).length).toBe(1);
			t.ok(await signOut(acts.api, t.user(token)));
			expect(await pendingOf(id)).toEqual([]);
		});

		test('S-18c is sealed at rest, for its own row', async () => {
			const { id, secret } = await t.withPassword(acts);
			const [row] = await pendingOf(id);
			expect(JSON.stringify(row)).not.toContain(secret);
			expect(() => acts.api.keys.open('authenticator', placeOfSecret(id), row?.secret ?? '')).toThrow();
		});

		test('makes any code wrong, and counts it, where the session was never shown a secret', async () => {
			const { id, email } = await t.withPassword(acts);
			const refusal = t.refused(await confirm(await enter(email), mintTotpSecret()));
			expect(refusal).toMatchObject({ refusal: 'wrong-code', attemptsLeft: 9 });
			expect((await pendingOf(id)).length).toBe(1);
		});

		raceOn(name, test)('is one for many first views at once, with one event', async () => {
			const { id, email } = await t.withPassword(acts);
			const token = await enter(email);
			const secrets = await atOnce(8, () => shown(token));
			expect(new Set(secrets).size).toBe(1);
			expect((await viewsOf(id)).length).toBe(2);
		});

		raceOn(name, test)('is left by no session that ends while it is shown', async () => {
			const { id, email, token, secret } = await t.withPassword(acts);
			const others = await Promise.all(Array.from({ length: 5 }, () => enter(email)));
			await Promise.all([confirm(token, secret), ...others.map((other) => getAuthenticator(acts.api, t.user(other)))]);
			expect(await pendingOf(id)).toEqual([]);
		});
	},
);
