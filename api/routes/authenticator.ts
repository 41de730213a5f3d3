import { z } from 'zod';
import { confirmAuthenticator, getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { code } from '../../acts/fields.js';
import { authenticatorSchema, onboardingSchema } from '../../acts/views.js';
import { type Endpoint, endpoint } from '../http/endpoint.js';

export const authenticatorEndpoints: Endpoint[] = [
	endpoint({
		id: 'getAuthenticator',
		method: 'get',
		path: '/v1/onboarding/authenticator',
		who: 'authenticator-unconfirmed',
		summary: 'Get the QR code and the secret for an authenticator app, the same in this session until confirmed',
		answer: { status: 200, schema: authenticatorSchema },
		refusals: ['wrong-step', 'already-done'],
		act: getAuthenticator,
	}),
	endpoint({
		id: 'confirmAuthenticator',
		method: 'post',
		path: '/v1/onboarding/authenticator/confirmation',
		who: 'authenticator-unconfirmed',
		summary: 'Confirm the authenticator with its first code; a new token replaces the old one',
		body: z.strictObject({ code }),
		answer: { status: 200, schema: onboardingSchema },
		refusals: ['wrong-step', 'already-done', 'wrong-code', 'attempts-exhausted', 'rate-limited'],
		act: confirmAuthenticator,
	}),
];
