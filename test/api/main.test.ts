import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../database/connect.js';
import { migrate } from '../../database/migrate.js';
import { EMAIL_DELAYED_AFTER_MS } from '../../domain/policy.js';
import { after } from '../../domain/time.js';
import { PRODUCTION } from '../config/production-environment.js';
import { addAccount, addMessage } from '../database/rows.js';
import { freePort, untilReady } from '../setup/child.js';
import { postgresDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';

const children: ChildProcess[] = [];
afterEach(() => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** `api/main.ts` as a process of its own, in an environment of its own. */
function startMain(env: Record<string, string>) {
	const args = ['--import', 'tsx', 'api/main.ts'];
	const child = spawn(process.execPath, args, {
		env: { PATH: process.env.PATH, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	children.push(child);
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
	const ended = once(child, 'close').then(([code]) => code as number | null);
	return { child, ended, said: () => text };
}

/** All required settings of a process of its own. No server listens at these addresses. */
async function environment(databaseUrl?: string) {
	const port = await freePort();
	return {
		PORT: String(port),
		DATABASE_URL: databaseUrl ?? `postgres://nobody:secret-of-the-database@127.0.0.1:${await freePort()}/none`,
		TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
		ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
		AGENT_API_KEY: 'carla:secret-of-the-agent-0123456789',
	};
}

async function startReady(env: Awaited<ReturnType<typeof environment>>) {
	const url = `http://127.0.0.1:${env.PORT}`;
	const main = startMain(env);
	await untilReady(main, 15_000, () => fetch(`${url}/healthz`));
	const agent = { authorization: 'Bearer secret-of-the-agent-0123456789' };
	return { ...main, ask: (path: string) => fetch(`${url}${path}`, { headers: agent }) };
}

describe('a process set up wrongly ends with 78 and says all that is wrong', () => {
	test('nothing given', async () => {
		const { ended, said } = startMain({});
		expect(await ended).toBe(78);
		for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'ENCRYPTION_KEYS', 'AGENT_API_KEY']) {
			expect(said()).toContain(`${name} is missing`);
		}
		expect(said()).not.toMatch(/at .*:\d+:\d+/);
	});

	test('a value that cannot be, which is not shown', async () => {
		const { ended, said } = startMain({ ...(await environment()), ENCRYPTION_KEYS: 'secret-key' });
		expect(await ended).toBe(78);
		expect(said()).toContain('ENCRYPTION_KEYS');
		expect(said()).not.toContain('secret');
	});
});

test('production with one insecure value ends with 78 and names the variable', async () => {
	const wrong = [
		['TRUST_PROXY', 'true'],
		['PUBLIC_URL', ''],
		['ENCRYPTION_KEYS', `k1:${Buffer.alloc(32).toString('base64')}`],
	] as const;
	await Promise.all(
		wrong.map(async ([name, value]) => {
			const { ended, said } = startMain({ ...PRODUCTION, [name]: value });
			expect(await ended, name).toBe(78);
			expect(said(), name).toMatch(new RegExp(`1 problem:\\n- ${name}`));
		}),
	);
}, 40_000);

test('it starts while database and Temporal are away, says so within 3 s, and shows no secret', async () => {
	const { ask, child, ended, said } = await startReady(await environment());
	const begun = performance.now();
	const [ready, act] = await Promise.all([ask('/readyz'), ask('/v1/accounts')]);
	expect(performance.now() - begun).toBeLessThan(3_000);
	expect(ready.status).toBe(503);
	expect(await ready.json()).toMatchObject({
		checks: { database: 'down', temporal: 'down', delayedEmails: null, workers: null },
	});
	expect([act.status, act.headers.get('retry-after')]).toEqual([503, '2']);
	expect(await act.json()).toMatchObject({ code: 'unavailable' });
	child.kill('SIGTERM');
	expect(await ended).toBe(0);
	expect(said()).not.toContain('secret-of-the');
});

test('a port that is taken ends it with a word', async () => {
	const env = await environment();
	await startReady(env);
	const { ended, said } = startMain(env);
	expect(await ended).toBe(1);
	expect(said()).toContain('EADDRINUSE');
});

describe.skipIf(!parts.postgres)('with a database and no Temporal', () => {
	test('acts are done, it is ready and counts mails that do not leave, and a signal stops it in order', async () => {
		const { url } = await postgresDatabase();
		const db = connect({ url, connections: 1 });
		await migrate(db);
		await addMessage(db, await addAccount(db));
		const longAgo = after(new Date().toISOString(), -EMAIL_DELAYED_AFTER_MS);
		await db.updateTable('messages').set({ createdAt: longAgo }).execute();
		await db.destroy();
		const { ask, child, ended, said } = await startReady(await environment(url));
		const ready = await ask('/readyz');
		const checks = { database: 'up', temporal: 'down', delayedEmails: 1 };
		expect([ready.status, await ready.json()]).toMatchObject([200, { checks }]);
		expect((await ask('/v1/accounts')).status).toBe(200);
		child.kill('SIGTERM');
		expect(await ended).toBe(0);
		expect(said()).toContain('stopping');
	});
});
