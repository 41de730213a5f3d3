import { z } from 'zod';
import { getAccount, listEvents, listMessages } from '../../acts/accounts/accounts.js';
import { listAccounts } from '../../acts/accounts/list.js';
import { correctEmail, eraseAccount, register, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import {
	accountsQuery,
	email,
	eventsQuery,
	pageQuery,
	accountParams as params,
	reason,
	registrationBody,
} from '../../acts/fields.js';
import { accountSchema, accountsSchema, eventsSchema, messagesSchema } from '../../acts/views.js';
import { type Endpoint, endpoint } from '../http/endpoint.js';

const reasonOnly = z.strictObject({ reason: reason.optional() }).optional();

export const accountEndpoints: Endpoint[] = [
	endpoint({
		id: 'register',
		method: 'post',
		path: '/v1/accounts',
		who: 'agent',
		summary: 'Register an account and mail its temporary password',
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
		summary: 'List the accounts of users by step, newest or soonest to expire first',
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
		summary: 'See an account and its step',
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
		summary: 'List the messages of an account with their states, newest first',
		params,
		query: pageQuery,
		answer: { status: 200, schema: messagesSchema },
		refusals: ['not-found'],
		act: (api, _call, input) => listMessages(api, input),
	}),
	endpoint({
		id: 'listEvents',
		method: 'get',
		path: '/v1/accounts/{accountId}/events',
		who: 'agent',
		summary: 'List the audit events of an account, oldest first by default',
		params,
		query: eventsQuery,
		answer: { status: 200, schema: eventsSchema },
		refusals: ['not-found'],
		act: (api, _call, input) => listEvents(api, input),
	}),
	endpoint({
		id: 'correctEmail',
		method: 'patch',
		path: '/v1/accounts/{accountId}',
		who: 'agent',
		summary:
			'Correct the e-mail before the password was changed; a new temporary password, mailed to it, replaces the old one',
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
		summary: 'Mail a new temporary password, which replaces the old one',
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
