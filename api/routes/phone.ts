import { z } from 'zod';
import { code, country, number } from '../../acts/fields.js';
import { deferPhone, issuePasscode, putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { onboardingSchema } from '../../acts/views.js';
import { type Endpoint, endpoint } from '../http/endpoint.js';

export const phoneEndpoints: Endpoint[] = [
	endpoint({
		id: 'putPhone',
		method: 'put',
		path: '/v1/onboarding/phone',
		who: 'two-factor',
		summary: 'Give the number of the fallback phone; an SMS brings a passcode',
		body: z.strictObject({ number, country: country.optional() }),
		answer: { status: 202, schema: onboardingSchema },
		refusals: ['wrong-step', 'already-done', 'phone-number-invalid', 'resend-too-soon', 'rate-limited'],
		act: putPhone,
	}),
	endpoint({
		id: 'issuePasscode',
		method: 'post',
		path: '/v1/onboarding/phone/passcode',
		who: 'two-factor',
		summary: 'Ask for another passcode, perhaps to another number; it replaces the previous one',
		body: z.strictObject({ number: number.optional(), country: country.optional() }).optional(),
		answer: { status: 202, schema: onboardingSchema },
		refusals: ['wrong-step', 'already-done', 'phone-number-invalid', 'resend-too-soon', 'rate-limited'],
		act: issuePasscode,
	}),
	endpoint({
		id: 'verifyPhone',
		method: 'post',
		path: '/v1/onboarding/phone/verification',
		who: 'two-factor',
		summary: 'Verify the phone with the passcode',
		body: z.strictObject({ code }),
		answer: { status: 200, schema: onboardingSchema },
		refusals: [
			'wrong-step',
			'already-done',
			'wrong-code',
			'code-expired',
			'code-superseded',
			'attempts-exhausted',
			'rate-limited',
		],
		act: verifyPhone,
	}),
	endpoint({
		id: 'deferPhone',
		method: 'post',
		path: '/v1/onboarding/phone/deferral',
		who: 'two-factor',
		summary: '“Remind me later”: go on without a fallback phone for now',
		answer: { status: 200, schema: onboardingSchema },
		refusals: ['wrong-step', 'already-done'],
		act: deferPhone,
	}),
];
