import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freezeAccount } from '../../acts/accounts/help.js';
import { ENDPOINTS } from '../../api/routes/index.js';
import {
	type Acts,
	agent,
	complete,
	confirmed,
	ok,
	openActs,
	PASSWORD,
	registered,
	signedIn,
	withPassword,
} from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { type Client, openClient } from './client.js';
import { AGENT_KEY } from './door.js';
import { askLeast } from './least.js';

let acts: Acts;
let client: Client;
beforeAll(async () => {
	acts = await openActs(pgliteDatabase, { passcodesPerNumberPerDay: 100 });
	client = await openClient(acts);
});
afterAll(async () => {
	await client.stop();
	await acts.stop();
});

describe('S-37 of a session that was open before the freeze', () => {
	test.each([
		['with a temporary password', signedIn],
		['with a password', withPassword],
		['with two factors', confirmed],
		['of a complete account', complete],
	] as const)('%s, every route of a user is closed', async (_kind, open) => {
		const { id, token } = await open(acts);
		ok(await freezeAccount(acts.api, agent, { accountId: id }));
		const forUsers = ENDPOINTS.filter(({ who }) => who !== 'anyone' && who !== 'agent');
		expect(forUsers.length).toBeGreaterThan(10);
		for (const endpoint of forUsers) {
			const answer = await askLeast(client, endpoint, token);
			expect(`${answer.status} ${answer.body?.code}`, endpoint.id).toBe('401 not-signed-in');
		}
	});
});

test('agents help by HTTP: freeze, unfreeze, unlock, end sessions, correct', async () => {
	const { id, email } = await confirmed(acts);
	const ask = client.as(AGENT_KEY);
	const reason = { reason: 'called us' };
	const at = `/v1/accounts/${id}`;
	expect((await ask('POST', `${at}/freeze`, reason)).body).toMatchObject({ attention: 'frozen', step: 'verify-phone' });
	const refused = await client.as(undefined)('POST', '/v1/session', { email, password: PASSWORD });
	expect([refused.status, refused.body.code]).toEqual([403, 'account-frozen']);
	expect((await ask('GET', `/v1/accounts?attention=frozen&email=${email}`)).body.items).toMatchObject([{ id }]);
	expect((await ask('POST', `${at}/freeze`, reason)).status).toBe(409);
	expect((await ask('POST', `${at}/unfreeze`, reason)).body.frozenAt).toBeNull();
	expect((await ask('POST', `${at}/unlock`, reason)).body.code).toBe('already-done');
	await acts.db.updateTable('accounts').set({ lockedAt: acts.clock.now() }).where('id', '=', id).execute();
	expect((await ask('POST', `${at}/unlock`, reason)).status).toBe(200);
	expect((await ask('DELETE', `${at}/sessions`, reason)).status).toBe(204);
	expect((await ask('PATCH', at, { name: 'Ana Lima', locale: 'es', ...reason })).body.name).toBe('Ana Lima');
});

test.each([
	['nothing', {}],
	['a reason alone', { reason: 'a slip' }],
	['no language', { locale: null }],
])('a correction of %s is not understood', async (_what, body) => {
	const { id } = await registered(acts);
	expect((await client.as(AGENT_KEY)('PATCH', `/v1/accounts/${id}`, body)).status).toBe(400);
});
