import type { LoadLimits } from '../domain/load.js';
import type { Policy } from '../domain/policy.js';

/** A limit by its name in `domain/policy.ts`, where its size and reason stand. */
export type LimitName = keyof LoadLimits | Extract<keyof Policy, `${string}Per${string}` | `${string}Before${string}`>;

const LOOK = ['requests'] as const;
const ASK = ['requests', 'acts'] as const;
const ACT = ['requests', 'acts', 'sessions'] as const;
const SIGN_IN = [...ASK, 'hashes', 'signInsPerNetworkPerHour', 'passwordFailuresBeforeSlowDown'] as const;
const PASSWORD = [...ACT, 'passwordChanges', 'passwordFailuresBeforeSlowDown', 'scores', 'hashes'] as const;
const CODE = [...ACT, 'codeFailuresBeforeSlowDown', 'codeFailuresBeforeLock'] as const;
const SMS = [
	...ACT,
	'passcodesPerDay',
	'passcodesPerNumberPerDay',
	'passcodesPerPrefixPerHour',
	'passcodesPerNetworkPerHour',
	'smsPerDay',
] as const;

/** What bounds each route, the API's and the pages'. Each new route needs a line here; a test fails without it. */
export const ROUTE_LIMITS: Readonly<Record<string, readonly LimitName[]>> = {
	'GET /healthz': LOOK,
	'GET /readyz': LOOK,
	'GET /openapi.json': LOOK,
	'GET /docs': LOOK,
	'GET /docs/*': LOOK,
	'GET /assets/*': LOOK,
	'POST /v1/accounts': ASK,
	'GET /v1/accounts': ASK,
	'GET /v1/accounts/{accountId}': ASK,
	'GET /v1/accounts/{accountId}/messages': ASK,
	'GET /v1/accounts/{accountId}/events': ASK,
	'POST /v1/accounts/{accountId}/temporary-password': ASK,
	'PATCH /v1/accounts/{accountId}': ASK,
	'DELETE /v1/accounts/{accountId}': ASK,
	'POST /v1/session': SIGN_IN,
	'GET /v1/session': ASK,
	'DELETE /v1/session': ASK,
	'PUT /v1/locale': ASK,
	'POST /v1/session/totp': CODE,
	'GET /v1/onboarding': ASK,
	'PUT /v1/onboarding/password': PASSWORD,
	'GET /v1/onboarding/authenticator': ASK,
	'POST /v1/onboarding/authenticator/confirmation': CODE,
	'PUT /v1/onboarding/phone': SMS,
	'POST /v1/onboarding/phone/passcode': SMS,
	'POST /v1/onboarding/phone/verification': CODE,
	'POST /v1/onboarding/phone/deferral': ACT,
	'POST /v1/webhooks/twilio/message-status': ASK,
	'GET /': ASK,
	'GET /log-in': ASK,
	'POST /log-in': SIGN_IN,
	'GET /log-out': ASK,
	'POST /log-out': ASK,
	'GET /language': ASK,
	'POST /language': ASK,
	'GET /log-in/code': ASK,
	'POST /log-in/code': CODE,
	'GET /set-up/password': ASK,
	'POST /set-up/password': PASSWORD,
	'GET /set-up/mobile-token': ASK,
	'POST /set-up/mobile-token': CODE,
	'GET /set-up/mobile-token/qr.svg': ASK,
	'GET /set-up/phone': ASK,
	'POST /set-up/phone': SMS,
	'GET /set-up/phone/code': ASK,
	'POST /set-up/phone/code': [...CODE, ...SMS],
	'GET /set-up/done': ASK,
	'GET /agent': ASK,
	'GET /agent/register': ASK,
	'POST /agent/register': ASK,
	'GET /agent/batches': ASK,
	'POST /agent/batches': ASK,
	'GET /agent/batches/{batchId}': ASK,
	'GET /agent/accounts/{accountId}': ASK,
	'GET /agent/accounts/{accountId}/temporary-password': ASK,
	'POST /agent/accounts/{accountId}/temporary-password': ASK,
	'GET /agent/accounts/{accountId}/email': ASK,
	'POST /agent/accounts/{accountId}/email': ASK,
	'GET /agent/accounts/{accountId}/erasure': ASK,
	'POST /agent/accounts/{accountId}/erasure': ASK,
};
