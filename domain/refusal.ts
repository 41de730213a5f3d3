import type { Step } from './step.js';

/** Every expected "no" of the product and the HTTP status it travels under. The list is closed. */
export const REFUSALS = {
	'invalid-request': 400,
	'not-signed-in': 401,
	'invalid-credentials': 401,
	'temporary-password-expired': 403,
	'account-frozen': 403,
	'not-permitted': 403,
	'cross-site': 403,
	'not-found': 404,
	'wrong-step': 409,
	'already-done': 409,
	'email-taken': 409,
	'payload-too-large': 413,
	'unsupported-media-type': 415,
	'password-rejected': 422,
	'wrong-code': 422,
	'code-expired': 422,
	'code-superseded': 422,
	'phone-number-invalid': 422,
	'attempts-exhausted': 429,
	'resend-too-soon': 429,
	'rate-limited': 429,
	unavailable: 503,
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** What a refusal may say besides its code. Never a secret, and nothing that helps a stranger. */
export interface RefusalDetails {
	/** One sentence or two for the reader: what happened, what to do now. */
	detail?: string;
	/** Where the account stands (`wrong-step`, `already-done`). */
	step?: Step;
	/** Whole seconds until a repeat makes sense; becomes `Retry-After`. */
	retryAfter?: number;
	/** Wrong codes still allowed. */
	attemptsLeft?: number;
	/** Which member of the body is wrong, as a JSON Pointer (RFC 6901), and why in words. */
	errors?: { pointer: string; code: string; detail: string }[];
	/** How far the phone's clock is off, in seconds: positive when it is ahead. Enrollment alone reports it. */
	clockOffsetSeconds?: number;
	/** The number of the code that is live (`code-superseded`). */
	liveCode?: number;
	/** Overrides the status of the code's own where the contract says so (a reused key is 422). */
	status?: number;
}

/** An expected "no". Acts return it, they never throw it: the transaction that counted a failure must commit. */
export interface Refusal extends RefusalDetails {
	refusal: RefusalCode;
}

export function refuse(code: RefusalCode, details: RefusalDetails = {}): Refusal {
	return { refusal: code, ...details };
}

export function isRefusal(answer: unknown): answer is Refusal {
	return typeof answer === 'object' && answer !== null && 'refusal' in answer;
}

export function statusOf(refusal: Refusal): number {
	return refusal.status ?? REFUSALS[refusal.refusal];
}
