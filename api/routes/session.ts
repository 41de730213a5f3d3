import { z } from 'zod';
import { setLocale } from '../../acts/accounts/locale.js';
import { code, email, locale, password } from '../../acts/fields.js';
import { currentSession, signIn, signOut, verifyTotp } from '../../acts/sign-in/sign-in.js';
import { sessionSchema } from '../../acts/views.js';
import { type Endpoint, endpoint } from '../http/endpoint.js';

export const sessionEndpoints: Endpoint[] = [
	endpoint({
		id: 'signIn',
		method: 'post',
		path: '/v1/session',
		who: 'anyone',
		summary: 'Sign in with e-mail and password, temporary or own; the session of a token in the request ends',
		body: z.strictObject({ email, password }),
		answer: { status: 201, schema: sessionSchema, location: () => '/v1/session' },
		refusals: ['invalid-credentials', 'temporary-password-expired', 'account-frozen', 'rate-limited'],
		ignoresIdempotencyKey: true,
		act: signIn,
	}),
	endpoint({
		id: 'currentSession',
		method: 'get',
		path: '/v1/session',
		who: 'user',
		summary: 'See the session and its next step',
		answer: { status: 200, schema: sessionSchema },
		refusals: [],
		act: currentSession,
	}),
	endpoint({
		id: 'signOut',
		method: 'delete',
		path: '/v1/session',
		who: 'user',
		summary: 'Sign out',
		answer: { status: 204, schema: null },
		refusals: [],
		act: signOut,
	}),
	endpoint({
		id: 'setLocale',
		method: 'put',
		path: '/v1/locale',
		who: 'user',
		summary: 'Choose the language of the account’s pages and messages',
		body: z.strictObject({ locale }),
		answer: { status: 200, schema: z.strictObject({ locale: z.string() }) },
		refusals: [],
		act: setLocale,
	}),
	endpoint({
		id: 'verifyTotp',
		method: 'post',
		path: '/v1/session/totp',
		who: 'authenticator-confirmed',
		summary: 'Prove the second factor with a code of the authenticator; a new token replaces the old one',
		body: z.strictObject({ code }),
		answer: { status: 200, schema: sessionSchema },
		refusals: ['wrong-step', 'already-done', 'wrong-code', 'attempts-exhausted', 'rate-limited'],
		act: verifyTotp,
	}),
];
