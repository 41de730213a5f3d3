import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { setPassword } from '../../acts/password/password.js';
import { currentSession, signIn } from '../../acts/sign-in/sign-in.js';
import { mintSessionToken } from '../../domain/credentials/session-token.js';
import { normalizeTemporaryPassword } from '../../domain/credentials/temporary-password.js';
import { after, DAY_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'a writer of the database without the keys, on $name',
	({ open }) => {
		let acts: t.Acts;
		beforeAll(async () => {
			acts = await t.openActs(open);
		});
		afterAll(() => acts.stop());

		const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');
		const refusalOf = async (token: string) => t.refused(await currentSession(acts.api, t.user(token))).refusal;
		const rowOf = (id: string) =>
			acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

		test('opens no session by inserting a token, with or without a session of its own', async () => {
			const { id, token: live } = await t.confirmed(acts);
			const { sessionId, tag } = await acts.db
				.selectFrom('sessionTokens')
				.selectAll()
				.where('digest', '=', sha256(live))
				.executeTakeFirstOrThrow();
			const now = acts.clock.now();
			const dates = { createdAt: now, usedAt: now, expiresAt: after(now, DAY_MS) };
			const own = { id: randomUUID(), accountId: id, assurance: 'two-factor', temporaryPasswordId: null } as const;
			await acts.db
				.insertInto('sessions')
				.values({ ...own, ...dates })
				.execute();
			for (const row of [
				{ sessionId, tag: null },
				{ sessionId, tag },
				{ sessionId: own.id, tag: null },
			]) {
				const token = mintSessionToken();
				await acts.db
					.insertInto('sessionTokens')
					.values({ ...row, digest: sha256(token), rotatedAt: null })
					.execute();
				expect(await refusalOf(token)).toBe('not-signed-in');
			}
		});

		test('moves no token to another session, and no session to another account or assurance', async () => {
			const victim = await t.confirmed(acts);
			const thief = async () => {
				const person = await t.withPassword(acts);
				const { sessionId } = await acts.db
					.selectFrom('sessionTokens')
					.select('sessionId')
					.where('digest', '=', sha256(person.token))
					.executeTakeFirstOrThrow();
				return { ...person, sessionId };
			};
			const { sessionId: target } = await acts.db
				.selectFrom('sessionTokens')
				.select('sessionId')
				.where('digest', '=', sha256(victim.token))
				.executeTakeFirstOrThrow();
			const one = await thief();
			await acts.db
				.updateTable('sessionTokens')
				.set({ sessionId: target })
				.where('sessionId', '=', one.sessionId)
				.execute();
			expect(await refusalOf(one.token)).toBe('not-signed-in');
			for (const change of [{ accountId: victim.id }, { assurance: 'two-factor' as const }]) {
				const other = await thief();
				await acts.db.updateTable('sessions').set(change).where('id', '=', other.sessionId).execute();
				expect(await refusalOf(other.token)).toBe('not-signed-in');
			}
		});

		test('opens no account by copying a password digest, nor by copying its tag with it', async () => {
			const [thief, victim] = [await t.withPassword(acts), await t.signedIn(acts)];
			t.ok(await setPassword(acts.api, t.user(victim.token), { password: 'the victim’s own long words' }));
			const { passwordDigest, passwordTag } = await rowOf(thief.id);
			for (const copied of [{ passwordDigest }, { passwordDigest, passwordTag }]) {
				await acts.db.updateTable('accounts').set(copied).where('id', '=', victim.id).execute();
				const answer = await signIn(acts.api, t.user(undefined), { email: victim.email, password: t.PASSWORD });
				expect(t.refused(answer).refusal).toBe('invalid-credentials');
			}
		});

		test('opens no account by copying a temporary password', async () => {
			const [thief, victim] = [await t.registered(acts), await t.complete(acts)];
			const { temporaryPasswordId, temporaryPasswordDigest, temporaryPasswordExpiresAt } = await rowOf(thief.id);
			const copied = { temporaryPasswordId, temporaryPasswordDigest, temporaryPasswordExpiresAt };
			const unset = {
				passwordDigest: null,
				passwordTag: null,
				passwordChangedAt: null,
				authenticatorConfirmedAt: null,
			};
			const change = { ...copied, ...unset };
			await acts.db.updateTable('accounts').set(change).where('id', '=', victim.id).execute();
			const { email } = victim;
			const answer = await signIn(acts.api, t.user(undefined), { email, password: thief.temporaryPassword });
			expect(t.refused(answer).refusal).toBe('invalid-credentials');
		});

		test('a temporary password of the version before, whose digest names no account, opens until it expires', async () => {
			const { id, email, temporaryPassword: password } = await t.registered(acts);
			const { temporaryPasswordId } = await rowOf(id);
			const digest = acts.api.keys.digest(
				'temporary-password',
				temporaryPasswordId,
				normalizeTemporaryPassword(password),
			);
			await acts.db.updateTable('accounts').set({ temporaryPasswordDigest: digest }).where('id', '=', id).execute();
			t.ok(await signIn(acts.api, t.user(undefined), { email, password }));
		});

		test('gives no session the secret that another session was shown', async () => {
			const { email, token } = await t.withPassword(acts);
			const thief = t.ok(await signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD })).token ?? '';
			t.ok(await getAuthenticator(acts.api, t.user(thief)));
			const sessionOf = async (of: string) => {
				const query = acts.db.selectFrom('sessionTokens').select('sessionId').where('digest', '=', sha256(of));
				return (await query.executeTakeFirstOrThrow()).sessionId;
			};
			const [own, other] = [await sessionOf(token), await sessionOf(thief)];
			await acts.db.deleteFrom('authenticators').where('sessionId', '=', own).execute();
			await acts.db.updateTable('authenticators').set({ sessionId: own }).where('sessionId', '=', other).execute();
			await expect(getAuthenticator(acts.api, t.user(token))).rejects.toThrow();
		});

		test('a digest of the version before has no tag: it still opens, and is bound at that sign-in', async () => {
			const { id, email } = await t.withPassword(acts);
			await acts.db.updateTable('accounts').set({ passwordTag: null }).where('id', '=', id).execute();
			const before = await rowOf(id);
			const enter = () => signIn(acts.api, t.user(undefined), { email, password: t.PASSWORD });
			t.ok(await enter());
			const bound = await rowOf(id);
			expect(bound.passwordDigest).toBe(before.passwordDigest);
			expect(bound.passwordTag).toMatch(/^k1\.[\w-]{43}$/);
			t.ok(await enter());
		});
	},
);
