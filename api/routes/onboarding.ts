import { z } from 'zod';
import { password } from '../../acts/fields.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { setPassword } from '../../acts/password/password.js';
import { onboardingSchema } from '../../acts/views.js';
import { type Endpoint, endpoint } from '../http/endpoint.js';

export const onboardingEndpoints: Endpoint[] = [
	endpoint({
		id: 'getOnboarding',
		method: 'get',
		path: '/v1/onboarding',
		who: 'user',
		summary: 'See the step of the onboarding; a session that lacks the second factor sees nothing else',
		answer: { status: 200, schema: onboardingSchema },
		refusals: [],
		act: getOnboarding,
	}),
	endpoint({
		id: 'setPassword',
		method: 'put',
		path: '/v1/onboarding/password',
		who: 'temporary-password',
		summary: 'Replace the temporary password by an own one; a new token replaces the old one',
		body: z.strictObject({ password }),
		answer: { status: 200, schema: onboardingSchema },
		refusals: ['temporary-password-expired', 'wrong-step', 'already-done', 'password-rejected'],
		act: setPassword,
	}),
];
