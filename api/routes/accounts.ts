import { z } from 'zod';
import { getAccount, listEvents, listMessages } from '../../acts/accounts/accounts.js';
import { correctAccount } from '../../acts/accounts/correction.js';
import { endAllSessions, freezeAccount, unfreezeAccount, unlockAccount } from '../../acts/accounts/help.js';
import { listAccounts } from '../../acts/accounts/list.js';
import { eraseAccount, register, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import {
	accountsQuery,
	correctionBody,
	eventsQuery,
	pageQuery,
	accountParams as params,
	reason,
	registrationBody,
} from '../../acts/fields.js';
import { accountSchema, accountsSchema, eventsSchema, messagesSchema } from '../../acts/views.js';
import { type Endpoint, endpoint } from '../http/endpoint.js';

const reasonOnly = z.strictObject({ reason: reason.optional() }).optional();

/** An agent's help to one user: done once, and refused when there is nothing to do. */
function help(about: Pick<Endpoint, 'id' | 'path' | 'summary'> & { act: typeof unlockAccount }): Endpoint {
	return endpoint({
		...about,
		method: 'post',
		who: 'agent',
		params,
		body: reasonOnly,
		answer: { status: 200, schema: accountSchema },
		refusals: ['not-found', 'already-done'],
	});
}

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
		id: 'correctAccount',
		method: 'patch',
		path: '/v1/accounts/{accountId}',
		who: 'agent',
		summary:
			'Correct name and language at any time, and the e-mail before the password was changed; a new temporary password, mailed to it, replaces the old one',
		params,
		body: correctionBody,
		answer: { status: 200, schema: accountSchema },
		refusals: ['not-found', 'email-taken', 'already-done', 'wrong-step', 'rate-limited'],
		act: correctAccount,
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
		refusals: ['not-found', 'already-done', 'wrong-step', 'rate-limited'],
		act: reissueTemporaryPassword,
	}),
	help({
		id: 'unlockAccount',
		path: '/v1/accounts/{accountId}/unlock',
		summary: 'Clear the failures, waits and locks of every factor; a mail tells the user',
		act: unlockAccount,
	}),
	help({
		id: 'freezeAccount',
		path: '/v1/accounts/{accountId}/freeze',
		summary: 'End every session and refuse every sign-in until the account is unfrozen; a mail tells the user',
		act: freezeAccount,
	}),
	help({
		id: 'unfreezeAccount',
		path: '/v1/accounts/{accountId}/unfreeze',
		summary: 'Let the user of a frozen account sign in again; a mail tells the user',
		act: unfreezeAccount,
	}),
	endpoint({
		id: 'endSessions',
		method: 'delete',
		path: '/v1/accounts/{accountId}/sessions',
		who: 'agent',
		summary: 'End every session of an account; a mail tells the user',
		params,
		body: reasonOnly,
		answer: { status: 204, schema: null },
		refusals: ['not-found'],
		act: endAllSessions,
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
