import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount } from '../../acts/accounts/accounts.js';
import { register } from '../../acts/accounts/registration.js';
import { confirmAuthenticator, getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { setPassword } from '../../acts/password/password.js';
import { putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { DATABASES } from '../setup/databases.js';
import { type Acts, agent, newest, ok, openActs, PASSWORD, passcodeOf, someEmail, totp, user } from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'the whole of onboarding, act by act, on $name',
	({ open }) => {
		let acts: Acts;
		beforeAll(async () => {
			acts = await openActs(open);
		});
		afterAll(() => acts.stop());

		test('goes from registered to complete, and tells the workflow each step', async () => {
			const { api, told } = acts;
			const email = someEmail();
			const account = ok(await register(api, agent, { email, name: 'Ana' }));
			expect(account).toMatchObject({
				email,
				step: 'change-password',
				temporaryPassword: { state: 'queued' },
				phone: null,
			});

			const { temporaryPassword = '' } = await newest(acts, account.id, 'temporary-password');
			const session = ok(
				await signIn(api, user(undefined), { email: ` ${email.toUpperCase()} `, password: ` ${temporaryPassword} ` }),
			);
			expect(session).toMatchObject({
				assurance: 'temporary-password',
				next: 'change-password',
				step: 'change-password',
			});

			const changed = ok(await setPassword(api, user(session.token), { password: PASSWORD }));
			expect(changed).toMatchObject({ step: 'confirm-authenticator', session: { assurance: 'password' } });
			const second = changed.session?.token;
			const { secret, keyUri } = ok(await getAuthenticator(api, user(second)));
			expect(keyUri).toContain(secret);

			const confirmedAt = ok(await confirmAuthenticator(api, user(second), { code: totp(acts, secret) }));
			expect(confirmedAt).toMatchObject({
				step: 'verify-phone',
				session: { assurance: 'two-factor', next: 'verify-phone' },
			});
			const third = confirmedAt.session?.token;

			const asked = ok(await putPhone(api, user(third), { number: '912 345 678', country: 'PT' }));
			expect(asked.phone?.passcode).toMatchObject({ number: 1, attemptsLeft: 5, delivery: 'queued' });
			const done = ok(await verifyPhone(api, user(third), { code: await passcodeOf(acts, account.id) }));
			expect(done.step).toBe('complete');
			expect(ok(await getOnboarding(api, user(third)))).toEqual(done);

			expect(ok(await getAccount(api, { accountId: account.id }))).toMatchObject({
				step: 'complete',
				attention: null,
				completedAt: acts.clock.now(),
				temporaryPassword: { state: 'used' },
				phone: { number: '+351 ••••••• 78' },
			});
			expect(told.map(({ name }) => name)).toEqual([
				'registered',
				'passwordChanged',
				'authenticatorConfirmed',
				'passcodeIssued',
				'phoneVerified',
			]);
		});
	},
);
