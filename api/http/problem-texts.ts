import type { RefusalCode } from '../../domain/refusal.js';

/** The `title` of a refusal and the text of the page at its `type`: what it means and what helps. */
export interface ProblemText {
	title: string;
	meaning: string;
	remedy: string;
}

export const PROBLEM_TEXTS: Record<RefusalCode, ProblemText> = {
	'invalid-request': {
		title: 'The request is not understood',
		meaning:
			'A member of the request is missing, unknown or of the wrong type, or its Idempotency-Key belongs to another request.',
		remedy:
			'Look at `detail` and at `errors`, which names each wrong member by a JSON Pointer. Use a new key for a new request.',
	},
	'not-signed-in': {
		title: 'Not signed in',
		meaning:
			'The request has no session token or API key, or its token is unknown, has expired or was replaced by a newer one.',
		remedy: 'Sign in again with POST /v1/session, or send the API key, as `Authorization: Bearer …`.',
	},
	'invalid-credentials': {
		title: 'E-mail or password is wrong',
		meaning: 'No account has this e-mail with this password. The answer never says which of the two is wrong.',
		remedy: 'Check both. A temporary password works only until it is replaced; Customer Success can send a new one.',
	},
	'temporary-password-expired': {
		title: 'The temporary password has expired',
		meaning: 'The temporary password is right, but it has expired.',
		remedy: 'Ask Customer Success to send a new temporary password.',
	},
	'account-frozen': {
		title: 'The account is frozen',
		meaning: 'The password is the right one, but Customer Success has frozen the account to protect it.',
		remedy: 'Contact Customer Success, at the address that `detail` names. They unfreeze the account once it is safe.',
	},
	'not-permitted': {
		title: 'Not permitted',
		meaning: 'The session has not proved enough for this request, or it does not belong to an agent.',
		remedy: 'Complete the sign-in: `next` of GET /v1/session names the missing step.',
	},
	'cross-site': {
		title: 'Sent from another site',
		meaning: 'The form was sent from a page that is not ours.',
		remedy: 'Open our page and send the form from there.',
	},
	'not-found': {
		title: 'Not found',
		meaning: 'Nothing exists at this address, or the account does not exist or was erased.',
		remedy: 'Check the path and the id.',
	},
	'wrong-step': {
		title: 'Not at this step yet',
		meaning: 'The account has to take another step first, or to be unfrozen.',
		remedy: 'Go on at `step`, or do what `detail` says. GET /v1/onboarding shows where the account stands.',
	},
	'already-done': {
		title: 'Already done',
		meaning: 'The account has taken this step before. This request changed nothing.',
		remedy: 'Go on at `step`.',
	},
	'email-taken': {
		title: 'The e-mail has an account',
		meaning: 'Another account already has this e-mail.',
		remedy: 'Look the account up with GET /v1/accounts?email=…, or use another address.',
	},
	'payload-too-large': {
		title: 'The request is too large',
		meaning: 'The body or the header exceeds the limit.',
		remedy: 'Send only the members that the request takes.',
	},
	'unsupported-media-type': {
		title: 'Not JSON',
		meaning: 'The body has a media type, charset or encoding that this API does not accept.',
		remedy: 'Send JSON in UTF-8, not compressed, with `Content-Type: application/json`.',
	},
	'password-rejected': {
		title: 'The password cannot be used',
		meaning: 'The new password is too short, too long, too common, too easy to guess or too close to the account.',
		remedy: '`errors` names all reasons. Choose another password. Several unrelated words make a good password.',
	},
	'wrong-code': {
		title: 'The code is wrong',
		meaning: 'The code does not match, or was used before.',
		remedy: 'Enter the code that is shown now. If codes keep failing, set the phone’s clock to automatic.',
	},
	'code-expired': {
		title: 'The code has expired',
		meaning: 'The code was right, but it has expired.',
		remedy: 'Ask for another code.',
	},
	'code-superseded': {
		title: 'A newer code was sent',
		meaning: 'The code belongs to an earlier message. A newer code has replaced it.',
		remedy: 'Enter the code of the newest message; `liveCode` is its number.',
	},
	'phone-number-invalid': {
		title: 'The phone number cannot be used',
		meaning: 'The number is not a mobile number to which this service can send SMS.',
		remedy: 'Check country and number; `errors` names the field.',
	},
	'attempts-exhausted': {
		title: 'Too many wrong codes',
		meaning: 'The code accepts no more attempts. After very many wrong codes, no code of this kind does.',
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
		title: 'Temporarily unavailable',
		meaning: 'The service cannot reach its database or has no room. No act was left half done.',
		remedy: 'Repeat the request after `Retry-After` seconds, with the same Idempotency-Key.',
	},
};
