import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../acts/sign-in/sign-in.js';
import type { Who } from '../../api/http/endpoint.js';
import { ENDPOINTS } from '../../api/routes/index.js';
import {
	type Acts,
	confirmed,
	ok,
	openActs,
	PASSWORD,
	signedIn,
	user,
	withPasscode,
	withPassword,
} from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { type Answer, type Client, openClient } from './client.js';
import { AGENT_KEY } from './door.js';
import { askLeast } from './least.js';

let acts: Acts;
let client: Client;
beforeAll(async () => {
	// All its people have one number, which is not what is tried here.
	acts = await openActs(pgliteDatabase, { passcodesPerNumberPerDay: 100 });
	client = await openClient(acts);
});
afterAll(async () => {
	await client.stop();
	await acts.stop();
});

/** A fresh session of each kind of the table. */
const SESSIONS: Record<string, () => Promise<string>> = {
	'temporary-password': async () => (await signedIn(acts)).token,
	'authenticator-unconfirmed': async () => (await withPassword(acts)).token,
	'authenticator-confirmed': async () => {
		const { email } = await confirmed(acts);
		return ok(await signIn(acts.api, user(undefined), { email, password: PASSWORD })).token ?? '';
	},
	// A passcode is asked for and verified after a number was given.
	'two-factor': async () => (await withPasscode(acts)).token,
};

/** What the table of the design says a session hears where it has no business: the step when it is the strongest there. */
function refusalFor(session: string): RegExp {
	return session === 'authenticator-confirmed' ? /^403 not-permitted$/ : /^409 (wrong-step|already-done)$/;
}

const said = ({ status, body }: Answer) => `${status} ${body?.code}`;
const forUsers = ENDPOINTS.filter(({ who }) => who !== 'anyone' && who !== 'agent');
const forAgents = ENDPOINTS.filter(({ who }) => who === 'agent');

describe.each(Object.keys(SESSIONS))('a session of the kind “%s”', (session) => {
	const open = SESSIONS[session] as () => Promise<string>;

	test.each(forUsers.map((endpoint) => [endpoint.id, endpoint] as const))('%s', async (_id, endpoint) => {
		const answer = said(await askLeast(client, endpoint, await open()));
		const allowed = ([session, 'user'] as Who[]).includes(endpoint.who);
		if (allowed) expect(answer).not.toMatch(/^(401|403|409|5\d\d)/);
		else expect(answer).toMatch(refusalFor(session));
	});

	test('opens nothing of the agents’', async () => {
		const token = await open();
		for (const endpoint of forAgents)
			expect(said(await askLeast(client, endpoint, token)), endpoint.id).toMatch(/^40[13] /);
	});
});

test.each([
	['a stranger', undefined],
	['an unknown token', 'x'.repeat(43)],
])('%s gets nowhere', async (_name, token) => {
	for (const endpoint of [...forUsers, ...forAgents]) {
		expect(said(await askLeast(client, endpoint, token)), endpoint.id).toBe('401 not-signed-in');
	}
});

test('S-41 a sign-in that brings a live session’s token ends that session; an API key or nonsense changes nothing', async () => {
	const { token: old, email } = await withPassword(acts);
	const login = (token: string | undefined) => client.as(token)('POST', '/v1/session', { email, password: PASSWORD });
	expect((await login(old)).status).toBe(201);
	expect((await client.as(old)('GET', '/v1/session')).status).toBe(401);
	for (const token of [AGENT_KEY, 'nonsense']) expect((await login(token)).status).toBe(201);
});

test('an API key is no session', async () => {
	for (const endpoint of forUsers)
		expect(said(await askLeast(client, endpoint, AGENT_KEY)), endpoint.id).toBe('401 not-signed-in');
	for (const endpoint of forAgents)
		expect(said(await askLeast(client, endpoint, AGENT_KEY)), endpoint.id).not.toMatch(/^40[13] /);
});
