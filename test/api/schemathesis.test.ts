import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../api/app.js';
import { type RunningServer, startServer } from '../../api/http/server.js';
import { createPages } from '../../web/index.js';
import { type Acts, confirmed, openActs, signedIn, withPassword } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { AGENT_KEY } from './door.js';

/** Requests per operation and phase: what two cores do in half a minute. */
const EXAMPLES = 12;
/** Milliseconds. For a run that hangs. */
const LIMIT = 300_000;

let acts: Acts;
let server: RunningServer;
let folder: string;

beforeAll(async () => {
	if (!parts.schemathesis) return;
	acts = await openActs(pgliteDatabase);
	const api = { ...acts.api, agentKeys: [{ name: 'carla', key: AGENT_KEY }] };
	const { productName, supportContact } = api;
	const publicUrl = 'http://127.0.0.1';
	const health = async () =>
		({ database: 'up', draining: false, temporal: 'up', delayedEmails: 0, workers: 1 }) as const;
	const pages = createPages(api, { publicUrl, productName, supportContact, platformUrl: null });
	server = await startServer(createApp(api, { publicUrl, health, extraRouters: [pages] }), {
		host: '127.0.0.1',
		port: 0,
	});
	folder = await mkdtemp(join(tmpdir(), 'mobile-token-schemathesis-'));
});
afterAll(async () => {
	await server?.stop(0);
	await acts?.stop();
	if (folder) await rm(folder, { recursive: true, force: true });
});

describe.skipIf(!parts.schemathesis)('the running API holds what its OpenAPI document promises', () => {
	test("to an agent's key", () => expectClean(AGENT_KEY), LIMIT);

	test(
		'to a user with a temporary password',
		async () => expectClean((await signedIn(acts)).token, ['onboarding', 'session']),
		LIMIT,
	);

	test(
		'to a user who has yet to confirm the authenticator',
		async () => expectClean((await withPassword(acts)).token, ['onboarding', 'session']),
		LIMIT,
	);

	test(
		'to a user with two factors',
		async () => expectClean((await confirmed(acts)).token, ['onboarding', 'session']),
		LIMIT,
	);
});

/** Signing out would leave the rest of the run without a session; the journeys of other tests hold it to the document. */
async function expectClean(token: string, tags: readonly string[] = []): Promise<void> {
	const args = [
		...['--config-file', fileURLToPath(new URL('schemathesis.toml', import.meta.url))],
		'run',
		`${server.url}/openapi.json`,
		...['--header', `Authorization: Bearer ${token}`],
		...['--checks', 'all', '--max-examples', String(EXAMPLES), '--no-shrink', '--generation-deterministic'],
		...['--continue-on-failure', '--no-color', '--warnings', 'off'],
		...(tags.length > 0 ? ['--exclude-operation-id', 'signOut'] : []),
		...tags.flatMap((tag) => ['--include-tag', tag]),
	];
	const child = spawn(parts.schemathesis ?? '', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
	const code = await new Promise((done) => child.once('exit', done));
	if (process.env.SCHEMATHESIS_SAY) console.log(said);
	expect(code, said).toBe(0);
}
