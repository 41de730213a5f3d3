import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Db } from '../../database/connect.js';
import { postgresDatabase, type TestDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';

const ROOT = join(import.meta.dirname, '../..');
const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

/** `npm run agent -- …`, on the sources. */
async function agent(args: string[], env: Record<string, string>) {
	const { PATH = '', HOME = '' } = process.env;
	const child = spawn(process.execPath, ['--import', 'tsx', 'console/agents.ts', ...args], {
		cwd: ROOT,
		env: { PATH, HOME, ...env },
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
	const [code] = await once(child, 'close');
	return { code, said };
}

test('in the embedded mode it says where the first agent is', async () => {
	const { code, said } = await agent(['add', 'ana@example.com'], {});
	expect(code).toBe(78);
	expect(said).toContain('npm start');
	expect(said).toContain('inbox');
});

describe.skipIf(!parts.postgres)('with a database of its own', () => {
	let database: TestDatabase;
	let db: Db;
	let env: Record<string, string>;
	beforeAll(async () => {
		database = await postgresDatabase();
		db = connect({ url: database.url, connections: 1 });
		env = { DATABASE_URL: database.url, ENCRYPTION_KEYS: KEYS };
	});
	afterAll(() => db.destroy());
	const agents = () => db.selectFrom('accounts').selectAll().where('role', '=', 'agent').execute();

	test('add makes an agent whose mail waits and whose workflow the sweep will find; remove ends it', async () => {
		const added = await agent(['add', 'Ana@Example.com', 'Ana', 'Prado'], env);
		expect(added.said).toContain('The mail to ana@example.com is on its way');
		expect(added.code).toBe(0);
		const [account] = await agents();
		expect(account).toMatchObject({ email: 'ana@example.com', name: 'Ana Prado', createdBy: 'console' });
		expect(account?.wakeBy).not.toBeNull();
		const messages = await db.selectFrom('messages').select(['accountId', 'state']).execute();
		expect(messages).toEqual([{ accountId: account?.id, state: 'queued' }]);
		expect((await agent(['remove', 'ana@example.com'], env)).code).toBe(0);
		expect((await agents())[0]?.erasedAt).not.toBeNull();
	});

	test.each([
		[['add', 'not an address'], 1],
		[['add'], 1],
		[['remove', 'nobody@example.com'], 1],
		[['promote', 'ana@example.com'], 64],
		[[], 64],
	])('%j is refused in words, without a stack', async (args, code) => {
		const answer = await agent(args, env);
		expect(answer.code).toBe(code);
		expect(answer.said).not.toMatch(/\n\s+at |undefined/);
		expect(answer.said.length).toBeGreaterThan(10);
	});
});
