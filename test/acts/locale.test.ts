import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setLocale } from '../../acts/accounts/locale.js';
import { getProfile } from '../../acts/accounts/profile.js';
import { signOut } from '../../acts/sign-in/sign-in.js';
import { DATABASES } from '../setup/databases.js';
import { type Acts, complete, ok, openActs, refused, signedIn, user } from './acts.js';

describe.each(DATABASES)('the language of an account on $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	let acts: Acts;
	beforeAll(async () => {
		acts = await openActs(open);
	});
	afterAll(() => acts?.stop());

	const rowOf = (id: string) =>
		acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

	test('is the one of the registration until the user chooses', async () => {
		const { token } = await signedIn(acts);
		expect(ok(await getProfile(acts.api, user(token)))).toMatchObject({ locale: 'en', localeChosen: false });
		expect(ok(await setLocale(acts.api, user(token), { locale: 'pt-BR' }))).toEqual({ locale: 'pt-BR' });
		expect(ok(await getProfile(acts.api, user(token)))).toMatchObject({ locale: 'pt-BR', localeChosen: true });
	});

	test('changes nothing else: no session, no step, no event, nothing to look at for the workflow', async () => {
		const { id, token } = await complete(acts);
		const before = await rowOf(id);
		const events = await acts.db.selectFrom('events').selectAll().where('accountId', '=', id).execute();
		ok(await setLocale(acts.api, user(token), { locale: 'es' }));
		expect(await rowOf(id)).toEqual({
			...before,
			locale: 'es',
			localeChosenAt: acts.clock.now(),
			revision: before.revision + 1,
		});
		expect(await acts.db.selectFrom('events').selectAll().where('accountId', '=', id).execute()).toEqual(events);
		ok(await getProfile(acts.api, user(token)));
	});

	test('is not for a session that has ended', async () => {
		const { token } = await complete(acts);
		ok(await signOut(acts.api, user(token)));
		expect(refused(await setLocale(acts.api, user(token), { locale: 'es' })).refusal).toBe('not-signed-in');
	});
});
