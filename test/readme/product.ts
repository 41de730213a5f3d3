import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, untilReady } from '../setup/child.js';
import { ROOT } from './documents.js';

/** It may have to build first, on a machine that does much else. */
const START_WITHIN_MS = 180_000;
const DELIVERED_WITHIN_MS = 30_000;

/** What `npm start` starts, on a data folder of its own. */
export interface Product {
	url: string;
	dataDir: string;
	/** As Customer Success asks. */
	ask<Body>(path: string): Promise<Body>;
	/** Waits until every message has left, as a reader does who looks into the inbox. */
	untilDelivered(): Promise<void>;
	stop(): Promise<void>;
}

export async function startProduct(): Promise<Product> {
	const dataDir = mkdtempSync(join(tmpdir(), 'mobile-token-readme-'));
	const port = await freePort();
	const { PATH, HOME, XDG_CACHE_HOME, TEMPORAL_CLI_PATH } = process.env;
	const ports = { PORT: String(port), TEMPORAL_UI_PORT: String(await freePort()) };
	const env = { PATH, HOME, XDG_CACHE_HOME, TEMPORAL_CLI_PATH, ...ports, DATA_DIR: dataDir };
	const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
	const [program, ...args] = scripts.start.split(' ');
	const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
	const url = `http://127.0.0.1:${port}`;
	const ask = async <Body>(path: string): Promise<Body> => {
		const key = readFileSync(join(dataDir, 'agent-api-key'), 'utf8').trim();
		const response = await fetch(url + path, { headers: { Authorization: `Bearer ${key}` } });
		if (!response.ok) throw new Error(`${path} is answered ${response.status}`);
		return response.json() as Promise<Body>;
	};
	const stop = async () => {
		if (child.exitCode === null) {
			child.kill('SIGTERM');
			await once(child, 'exit');
		}
		rmSync(dataDir, { recursive: true, force: true });
	};
	try {
		await untilReady({ child, said: () => said }, START_WITHIN_MS, () => ask('/readyz'));
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, dataDir, ask, untilDelivered: () => untilDelivered(ask), stop };
}

async function untilDelivered(ask: Product['ask']): Promise<void> {
	const deadline = performance.now() + DELIVERED_WITHIN_MS;
	for (;;) {
		const accounts = await ask<{ items: { id: string }[] }>('/v1/accounts');
		const lists = await Promise.all(
			accounts.items.map(({ id }) => ask<{ items: { state: string }[] }>(`/v1/accounts/${id}/messages`)),
		);
		const owed = lists.flatMap(({ items }) => items).filter(({ state }) => state === 'queued' || state === 'sending');
		if (owed.length === 0) return;
		if (performance.now() > deadline) throw new Error(`${owed.length} messages have not left in time`);
		await pause(100);
	}
}
