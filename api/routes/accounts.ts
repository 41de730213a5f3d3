import { z } from 'zod';
import { getAccount, listEvents, listMessages } from '../../acts/accounts/accounts.js';
import { listAccounts } from '../../acts/accounts/list.js';
import { correctEmail, eraseAccount, register, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { accountsQuery, email, accountParams as params, reason, registrationBody } from '../../acts/fields.js';
import { accountSchema, accountsSchema, eventsSchema, messagesSchema } from '../../acts/views.js';
import { type Endpoint, endpoint } from '../http/endpoint.js';

const reasonOnly = z.strictObject({ reason: reason.optional() }).optional();

export const accountEndpoints: Endpoint[] = [
	endpoint({
		id: 'register',
		method: 'post',
		path: '/v1/accounts',
		who: 'agent',
		summary: 'Register an account; a temporary password is mailed to it',
		body: registrationBody,
		answer: { status: 201, schema: accountSchema, location: (account) => `/v1/accounts/${account.id}` },
		refusals: ['email-taken'],
		act: register,
	}),
	endpoint({
		id: 'listAccounts',
		method: 'get',
		path: '/v1/accounts',
		who: 'agent',
		summary: 'List the accounts of users by where they stand, newest or soonest to expire first',
		query: accountsQuery,
		answer: { status: 200, schema: accountsSchema },
		refusals: [],
		act: (api, _call, input) => listAccounts(api, input),
	}),
	endpoint({
		id: 'getAccount',
		method: 'get',
		path: '/v1/accounts/{accountId}',
		who: 'agent',
		summary: 'See where an account stands',
		params,
		answer: { status: 200, schema: accountSchema },
		refusals: ['not-found'],
		act: (api, _call, input) => getAccount(api, input),
	}),
	endpoint({
		id: 'listMessages',
		method: 'get',
		path: '/v1/accounts/{accountId}/messages',
		who: 'agent',
		summary: 'See what was sent to an account and what became of it',
		params,
		answer: { status: 200, schema: messagesSchema },
		refusals: ['not-found'],
		act: (api, _call, input) => listMessages(api, input),
	}),
	endpoint({
		id: 'listEvents',
		method: 'get',
		path: '/v1/accounts/{accountId}/events',
		who: 'agent',
		summary: 'See what happened to an account, and by whom',
		params,
		answer: { status: 200, schema: eventsSchema },
		refusals: ['not-found'],
		act: (api, _call, input) => listEvents(api, input),
	}),
	endpoint({
		id: 'correctEmail',
		method: 'patch',
		path: '/v1/accounts/{accountId}',
		who: 'agent',
		summary: 'Correct the e-mail before the password was changed; a new temporary password goes to it, the old is dead',
		params,
		body: z.strictObject({ email, reason: reason.optional() }),
		answer: { status: 200, schema: accountSchema },
		refusals: ['not-found', 'email-taken', 'already-done', 'rate-limited'],
		act: correctEmail,
	}),
	endpoint({
		id: 'reissueTemporaryPassword',
		method: 'post',
		path: '/v1/accounts/{accountId}/temporary-password',
		who: 'agent',
		summary: 'Mail a new temporary password; the old is dead',
		params,
		body: reasonOnly,
		answer: { status: 202, schema: accountSchema },
		refusals: ['not-found', 'already-done', 'rate-limited'],
		act: reissueTemporaryPassword,
	}),
	endpoint({
		id: 'eraseAccount',
		method: 'delete',
		path: '/v1/accounts/{accountId}',
		who: 'agent',
		summary: 'Erase the person and end the workflow',
		params,
		body: reasonOnly,
		answer: { status: 204, schema: null },
		refusals: ['not-found'],
		act: eraseAccount,
	}),
];
