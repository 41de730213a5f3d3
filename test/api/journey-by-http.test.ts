import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Acts, newest, openActs, PASSWORD, passcodeOf, someEmail, totp } from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { type Client, openClient } from './client.js';
import { AGENT_KEY } from './door.js';

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'the flow of the article over HTTP, on $name',
	({ open }) => {
		let acts: Acts;
		let client: Client;
		beforeAll(async () => {
			acts = await openActs(open);
			client = await openClient(acts);
		});
		afterAll(async () => {
			await client.stop();
			await acts.stop();
		});

		const agent = (...request: Parameters<ReturnType<Client['as']>>) => client.as(AGENT_KEY)(...request);

		async function registered(email = someEmail()) {
			const { status, body, headers } = await agent('POST', '/v1/accounts', { email, name: 'Ana', locale: 'pt-pt' });
			expect(status).toBe(201);
			expect(headers.get('location')).toBe(`/v1/accounts/${body.id}`);
			expect(body).toMatchObject({ email, locale: 'pt-PT', step: 'change-password' });
			const { temporaryPassword = '' } = await newest(acts, body.id, 'temporary-password');
			return { id: body.id as string, email, temporaryPassword };
		}

		async function signedIn(email: string, password: string) {
			const { status, body } = await client.as(undefined)('POST', '/v1/session', { email, password });
			expect(status).toBe(201);
			return body;
		}

		async function atPhone() {
			const person = await registered();
			const { token } = await signedIn(person.email, person.temporaryPassword);
			const set = await client.as(token)('PUT', '/v1/onboarding/password', { password: PASSWORD });
			expect(set).toMatchObject({ status: 200, body: { step: 'confirm-authenticator' } });
			const user = client.as(set.body.session.token);
			const { body: authenticator } = await user('GET', '/v1/onboarding/authenticator');
			const code = totp(acts, authenticator.secret);
			const confirmed = await user('POST', '/v1/onboarding/authenticator/confirmation', { code });
			expect(confirmed).toMatchObject({ status: 200, body: { step: 'verify-phone' } });
			return { ...person, secret: authenticator.secret as string, user: client.as(confirmed.body.session.token) };
		}

		test('from registered to all done, with a wrong code, a resend and a sign-in afterwards', async () => {
			const { id, email, secret, user } = await atPhone();
			expect(await user('PUT', '/v1/onboarding/phone', { number: '912 345 678', country: 'PT' })).toMatchObject({
				status: 202,
			});
			const early = await user('POST', '/v1/onboarding/phone/passcode');
			expect(early).toMatchObject({ status: 429, body: { code: 'resend-too-soon' } });
			expect(Number(early.headers.get('retry-after'))).toBe(early.body.retryAfter);
			acts.clock.pass(31_000);
			expect(await user('POST', '/v1/onboarding/phone/passcode', {})).toMatchObject({ status: 202 });
			const code = await passcodeOf(acts, id);
			const wrong = await user('POST', '/v1/onboarding/phone/verification', {
				code: code === '000000' ? '111111' : '000000',
			});
			expect(wrong).toMatchObject({ status: 422, body: { code: 'wrong-code', attemptsLeft: 4 } });
			expect(await user('POST', '/v1/onboarding/phone/verification', { code })).toMatchObject({
				status: 200,
				body: { step: 'complete' },
			});
			expect(await user('GET', '/v1/onboarding')).toMatchObject({ status: 200, body: { step: 'complete' } });
			expect(await user('POST', '/v1/onboarding/phone/deferral')).toMatchObject({
				status: 409,
				body: { code: 'already-done' },
			});

			acts.clock.pass(30_000);
			const { token, next } = await signedIn(email, PASSWORD);
			expect(next).toBe('totp');
			const second = await client.as(token)('POST', '/v1/session/totp', { code: totp(acts, secret) });
			expect(second).toMatchObject({ status: 200, body: { assurance: 'two-factor', next: null } });
			const session = client.as(second.body.token);
			expect((await session('GET', '/v1/session')).status).toBe(200);
			expect((await session('DELETE', '/v1/session')).status).toBe(204);
			expect(await session('GET', '/v1/session')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
		});

		test('“Remind me later”', async () => {
			const { user } = await atPhone();
			expect(await user('POST', '/v1/onboarding/phone/deferral', {})).toMatchObject({
				status: 200,
				body: { step: 'complete' },
			});
		});

		test('what agents see and do', async () => {
			const { id, email } = await registered();
			expect(await agent('POST', '/v1/accounts', { email })).toMatchObject({
				status: 409,
				body: { code: 'email-taken' },
			});
			const list = await agent('GET', `/v1/accounts?email=${encodeURIComponent(email)}&step=change-password&limit=1`);
			expect(list.body.items).toMatchObject([{ id }]);
			const page = await agent('GET', '/v1/accounts?limit=1');
			expect((await agent('GET', `/v1/accounts?limit=1&cursor=${page.body.nextCursor}`)).status).toBe(200);
			expect(await agent('GET', '/v1/accounts?cursor=nonsense')).toMatchObject({
				status: 422,
				body: { code: 'invalid-request' },
			});
			expect((await agent('GET', `/v1/accounts/${id}`)).status).toBe(200);
			const corrected = await agent('PATCH', `/v1/accounts/${id}`, { email: someEmail(), reason: 'misspelled' });
			expect(corrected).toMatchObject({ status: 200, body: { id } });
			expect((await agent('POST', `/v1/accounts/${id}/temporary-password`)).status).toBe(202);
			expect(
				(await agent('POST', `/v1/accounts/${id}/temporary-password`, { reason: 'asked on the phone' })).status,
			).toBe(202);
			expect((await agent('GET', `/v1/accounts/${id}/messages`)).body.items.length).toBeGreaterThan(2);
			const events = await agent('GET', `/v1/accounts/${id}/events`);
			expect(events.body.items.map(({ actor }: { actor: string }) => actor)).toContain('carla');
			expect((await agent('DELETE', `/v1/accounts/${id}`)).status).toBe(204);
			for (const path of ['', '/messages', '/events']) {
				expect(await agent('GET', `/v1/accounts/${id}${path}`)).toMatchObject({
					status: 404,
					body: { code: 'not-found' },
				});
			}
			expect((await agent('GET', '/v1/accounts/17')).status).toBe(404);
		});

		test('an unknown e-mail and a wrong password get the same answer, but for the request’s id', async () => {
			const { email } = await registered();
			const wrong = await client.as(undefined)('POST', '/v1/session', { email, password: 'not the password' });
			const unknown = await client.as(undefined)('POST', '/v1/session', {
				email: someEmail(),
				password: 'not the password',
			});
			expect(wrong.status).toBe(401);
			expect({ ...unknown.body, instance: '' }).toEqual({ ...wrong.body, instance: '' });
		});

		test('a repeat under the same key has one effect, another request under it is refused', async () => {
			const email = someEmail();
			const first = await agent('POST', '/v1/accounts', { email, name: 'Ana' }, 'key-1');
			const again = await agent('POST', '/v1/accounts', { name: 'Ana', email: email.toUpperCase() }, 'key-1');
			expect([again.status, again.body]).toEqual([201, first.body]);
			const other = await agent('POST', '/v1/accounts', { email: someEmail() }, 'key-1');
			expect(other).toMatchObject({ status: 422, body: { code: 'invalid-request' } });
		});

		test('lengths of passwords, codes and numbers are answered by the domain', async () => {
			const { email, temporaryPassword } = await registered();
			const { token } = await signedIn(email, temporaryPassword);
			for (const password of ['', 'short', 'x'.repeat(500)]) {
				const answer = await client.as(token)('PUT', '/v1/onboarding/password', { password });
				expect(answer).toMatchObject({ status: 422, body: { code: 'password-rejected' } });
			}
			const { user } = await atPhone();
			for (const number of ['', '1', '9'.repeat(400), '+1 900 555 0100']) {
				const answer = await user('PUT', '/v1/onboarding/phone', { number });
				expect(answer).toMatchObject({ status: 422, body: { code: 'phone-number-invalid' } });
			}
		});
	},
);
