import type { Endpoint } from '../http/endpoint.js';
import { accountEndpoints } from './accounts.js';
import { authenticatorEndpoints } from './authenticator.js';
import { onboardingEndpoints } from './onboarding.js';
import { phoneEndpoints } from './phone.js';
import { sessionEndpoints } from './session.js';

/** The whole API, in the order of its documentation. */
export const ENDPOINTS: readonly Endpoint[] = [
	...accountEndpoints,
	...sessionEndpoints,
	...onboardingEndpoints,
	...authenticatorEndpoints,
	...phoneEndpoints,
];
