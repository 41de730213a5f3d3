import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import pino from 'pino';
import { installRuntime } from '../../worker/runtime.js';

installRuntime(pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }));

/** A real Temporal dev server of this test's own, with nothing registered. */
export function startDevServer(extraArgs: string[] = []): Promise<TestWorkflowEnvironment> {
	const path = process.env.TEMPORAL_CLI_PATH ?? '/tmp/setup/bin/temporal';
	return TestWorkflowEnvironment.createLocal({
		server: { executable: { type: 'existing-path', path }, extraArgs: ['--log-level', 'never', ...extraArgs] },
	});
}

/** The server that skips time. */
export function startTimeSkippingServer(): Promise<TestWorkflowEnvironment> {
	const path = process.env.TEMPORAL_TEST_SERVER_PATH ?? '/tmp/wf/tss/run';
	return TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
}

let bundled: Promise<string> | null = null;

/** The path of the workflow bundle, made once a test process from the sources. */
export function bundleOfWorkflows(): Promise<string> {
	bundled ??= bundle();
	return bundled;
}

async function bundle(): Promise<string> {
	const workflowsPath = join(import.meta.dirname, '../../workflows/index.ts');
	const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
	const path = join(await mkdtemp(join(tmpdir(), 'workflow-bundle-')), 'workflows.js');
	await writeFile(path, code);
	return path;
}
