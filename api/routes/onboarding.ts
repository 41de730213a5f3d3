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
		summary: 'See where the onboarding stands; a session that owes its second factor sees the step only',
		answer: { status: 200, schema: onboardingSchema },
		refusals: [],
		act: getOnboarding,
	}),
	endpoint({
		id: 'setPassword',
		method: 'put',
		path: '/v1/onboarding/password',
		who: 'temporary-password',
		summary: 'Change the temporary password for an own one; the token is rotated',
		body: z.strictObject({ password }),
		answer: { status: 200, schema: onboardingSchema },
		refusals: ['temporary-password-expired', 'wrong-step', 'already-done', 'password-rejected'],
		act: setPassword,
	}),
];
