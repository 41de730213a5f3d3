import type { RefusalCode } from '../../domain/refusal.js';

/** What a refusal is called, what it means and what helps: the answer's `title` and the page its `type` leads to. */
export interface ProblemText {
	title: string;
	meaning: string;
	remedy: string;
}

export const PROBLEM_TEXTS: Record<RefusalCode, ProblemText> = {
	'invalid-request': {
		title: 'The request is not understood',
		meaning:
			'A part of the request is missing, of the wrong type or unknown, or its Idempotency-Key belongs to another one.',
		remedy:
			'Look at `detail` and at `errors`, which names each wrong member by a JSON Pointer. Use a new key for a new request.',
	},
	'not-signed-in': {
		title: 'Not signed in',
		meaning:
			'The request brings no session token or API key, or one that is unknown, over or replaced by a newer token.',
		remedy: 'Sign in again with POST /v1/session, or send the API key, as `Authorization: Bearer …`.',
	},
	'invalid-credentials': {
		title: 'E-mail or password is wrong',
		meaning: 'No account takes this e-mail with this password. Which of the two is wrong is never said.',
		remedy: 'Check both. A temporary password works only until it is replaced; Customer Success can send a new one.',
	},
	'temporary-password-expired': {
		title: 'The temporary password has expired',
		meaning: 'The temporary password is the right one, but its lifetime is over.',
		remedy: 'Ask Customer Success to send a new temporary password.',
	},
	'account-frozen': {
		title: 'The account is frozen',
		meaning: 'The password is the right one, but Customer Success has frozen the account to protect it.',
		remedy: 'Contact Customer Success, at the address that `detail` names. They unfreeze the account once it is safe.',
	},
	'not-permitted': {
		title: 'Not permitted',
		meaning: 'The session is not strong enough for this, or it is not an agent’s.',
		remedy: 'Complete the sign-in: `next` of GET /v1/session says what is missing.',
	},
	'cross-site': {
		title: 'Sent from another site',
		meaning: 'The form was sent from a page that is not ours.',
		remedy: 'Open the page here and send the form from it.',
	},
	'not-found': {
		title: 'Not found',
		meaning: 'There is nothing at this address, or the account does not exist (any more).',
		remedy: 'Check the path and the id.',
	},
	'wrong-step': {
		title: 'Not at this step yet',
		meaning: 'The account has to take another step first, or to be unfrozen.',
		remedy: 'Go on at `step`, or do what `detail` says. GET /v1/onboarding shows where the account stands.',
	},
	'already-done': {
		title: 'Already done',
		meaning: 'The account has taken this step before; nothing was changed.',
		remedy: 'Go on at `step`.',
	},
	'email-taken': {
		title: 'The e-mail has an account',
		meaning: 'Another account already has this e-mail.',
		remedy: 'Look the account up with GET /v1/accounts?email=…, or use another address.',
	},
	'payload-too-large': {
		title: 'The request is too large',
		meaning: 'The body or the header is longer than any real request.',
		remedy: 'Send only what the request takes.',
	},
	'unsupported-media-type': {
		title: 'Not JSON',
		meaning: 'The body is of a media type, charset or encoding that is not read here.',
		remedy: 'Send JSON in UTF-8, not compressed, with `Content-Type: application/json`.',
	},
	'password-rejected': {
		title: 'The password cannot be used',
		meaning: 'The new password is too short, too long, too common, too easy to guess or too close to the account.',
		remedy: 'Read all reasons in `errors` and choose another one. Several unrelated words make a good password.',
	},
	'wrong-code': {
		title: 'The code is wrong',
		meaning: 'The code does not match, or it was used before.',
		remedy: 'Enter the code that is shown now. If codes keep failing, set the phone’s clock to automatic.',
	},
	'code-expired': {
		title: 'The code has expired',
		meaning: 'The code was right, but came too late.',
		remedy: 'Ask for another code.',
	},
	'code-superseded': {
		title: 'A newer code was sent',
		meaning: 'The code belongs to an earlier message; a newer one has replaced it.',
		remedy: 'Enter the code of the newest message; `liveCode` is its number.',
	},
	'phone-number-invalid': {
		title: 'The phone number cannot be used',
		meaning: 'The number is not a mobile number that can receive messages from here.',
		remedy: 'Check country and number; `errors` names the field.',
	},
	'attempts-exhausted': {
		title: 'Too many wrong codes',
		meaning: 'No more attempts are taken at this code, or, after very many wrong ones, at any code of its kind.',
		remedy:
			'Wait for `Retry-After` seconds and ask for another code. Without `Retry-After`, contact Customer Success, who can unlock the account.',
	},
	'resend-too-soon': {
		title: 'Too soon for another code',
		meaning: 'The message with the last code may still arrive.',
		remedy: 'Wait for `Retry-After` seconds, then ask again.',
	},
	'rate-limited': {
		title: 'Too many requests',
		meaning: 'A limit that protects accounts and phones from abuse was reached.',
		remedy: 'Wait for `Retry-After` seconds, then try again.',
	},
	unavailable: {
		title: 'Unavailable for the moment',
		meaning: 'The service cannot reach what it needs. Nothing was half done.',
		remedy: 'Repeat the request after `Retry-After` seconds, with the same Idempotency-Key.',
	},
};
