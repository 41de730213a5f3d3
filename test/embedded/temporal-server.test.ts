import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { openPorts } from '../../embedded/ports.js';
import { startTimeOf } from '../../embedded/process-identity.mjs';
import { startTemporal, type TemporalServer, type TemporalServerOptions } from '../../embedded/temporal-server.js';
import { temporaryFolder } from './folders.js';

const { temporal: binary } = inject('parts');

describe.skipIf(!binary)('the Temporal server', () => {
	it('serves with our search attributes, and is gone after a stop', async () => {
		const dataDir = temporaryFolder();
		const server = await start({ dataDir });
		const attributes = await searchAttributesOf(server.address);
		expect(attributes).toMatchObject({ OnboardingStep: 2, OnboardingDeadline: 6, OnboardingAttention: 2 });
		expect((await fetch(server.uiUrl)).status).toBe(200);
		const pid = server.pid();
		await server.stop();
		expect(startTimeOf(pid)).toBeNull();
		expect(existsSync(join(dataDir, 'temporal/server.json'))).toBe(false);
	});

	it('keeps its database and its ports over a stop and a start, in write-ahead mode', async () => {
		const dataDir = temporaryFolder();
		const first = await start({ dataDir });
		await startWorkflow(first.address, 'kept');
		// Bytes 18 and 19 of an SQLite file say how it is written: 2 is write-ahead.
		expect([...readFileSync(join(dataDir, 'temporal/temporal.db')).subarray(18, 20)]).toEqual([2, 2]);
		await first.stop();
		const second = await start({ dataDir });
		expect(second.address).toBe(first.address);
		expect(second.uiUrl).toBe(first.uiUrl);
		expect(await workflowsOf(second.address)).toEqual(['kept']);
	});

	it('is started again under the same address after a kill, with nothing lost', async () => {
		const said: string[] = [];
		const server = await start({ dataDir: temporaryFolder(), say: (line) => said.push(line) });
		await startWorkflow(server.address, 'survivor');
		const pid = server.pid();
		process.kill(pid, 'SIGKILL');
		await vi.waitFor(() => expect(server.pid()).not.toBe(pid), { timeout: 10_000 });
		await vi.waitFor(async () => expect(await workflowsOf(server.address)).toEqual(['survivor']), {
			timeout: 20_000,
			interval: 200,
		});
		expect(said).toEqual(['Temporal died and is started again']);
	});

	it('is taken over when the process that started it was killed', async () => {
		const dataDir = temporaryFolder();
		// As a start leaves it behind that never came to its stop.
		const left = await start({ dataDir });
		const found = await start({ dataDir });
		expect(found.pid()).toBe(left.pid());
		expect(found.address).toBe(left.address);
	});

	it('takes over no process that only has the pid, and ends none', async () => {
		const dataDir = temporaryFolder();
		mkdirSync(join(dataDir, 'temporal'));
		const databasePath = join(dataDir, 'temporal/temporal.db');
		const record = { pid: process.pid, startedAt: 'before that', databasePath, port: 1, uiPort: 1 };
		writeFileSync(join(dataDir, 'temporal/server.json'), JSON.stringify(record));
		const server = await start({ dataDir });
		expect(server.pid()).not.toBe(process.pid);
	});

	it('gives up, naming its log, when it dies again and again', async () => {
		const folder = temporaryFolder();
		// The real one at first; after that, a program that ends at once.
		const program = join(folder, 'program');
		writeFileSync(program, `#!/bin/sh\nexec ${binary} "$@"\n`, { mode: 0o755 });
		const onDeath = vi.fn();
		const server = await start({ dataDir: folder, binary: program, onDeath });
		writeFileSync(program, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
		process.kill(server.pid(), 'SIGKILL');
		await vi.waitFor(() => expect(onDeath).toHaveBeenCalledOnce(), { timeout: 20_000 });
		expect(onDeath.mock.calls[0]?.[0]).toBe(
			`Temporal died 5 times within a minute. Its log: ${join(folder, 'temporal/server.log')}`,
		);
	});

	it('fails with its log when it does not come up', async () => {
		const folder = temporaryFolder();
		const program = join(folder, 'program');
		writeFileSync(program, '#!/bin/sh\necho no disk >&2\nexit 3\n', { mode: 0o755 });
		await expect(start({ dataDir: folder, binary: program })).rejects.toThrow(
			`Temporal does not come up. Its log: ${join(folder, 'temporal/server.log')}`,
		);
		expect(readFileSync(join(folder, 'temporal/server.log'), 'utf8')).toContain('no disk');
	});
});

async function start(options: Partial<TemporalServerOptions> & { dataDir: string }): Promise<TemporalServer> {
	const ports = openPorts(options.dataDir);
	const server = await startTemporal({ binary: binary ?? '', ports, uiPort: 8233, ...options });
	onTestFinished(() => server.stop());
	return server;
}

async function connected<T>(address: string, work: (connection: Connection) => Promise<T>): Promise<T> {
	const connection = await Connection.connect({ address, connectTimeout: '2s' });
	try {
		return await work(connection);
	} finally {
		await connection.close();
	}
}

function searchAttributesOf(address: string): Promise<Record<string, unknown>> {
	return connected(address, async ({ operatorService }) => {
		return (await operatorService.listSearchAttributes({ namespace: 'default' })).customAttributes;
	});
}

function startWorkflow(address: string, workflowId: string): Promise<unknown> {
	return connected(address, ({ workflowService }) =>
		workflowService.startWorkflowExecution({
			namespace: 'default',
			workflowId,
			requestId: workflowId,
			workflowType: { name: 'nobody-works-on-it' },
			taskQueue: { name: 'nobody' },
		}),
	);
}

function workflowsOf(address: string): Promise<(string | null | undefined)[]> {
	return connected(address, async ({ workflowService }) => {
		const { executions } = await workflowService.listOpenWorkflowExecutions({
			namespace: 'default',
			startTimeFilter: {},
		});
		return executions.map(({ execution }) => execution?.workflowId);
	});
}
