import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import pino from 'pino';
import { installRuntime } from '../../worker/runtime.js';
import { parts, temporalAddress } from '../setup/services.js';

installRuntime(pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }));

/** The run's real Temporal server. */
export async function realServer(): Promise<TestWorkflowEnvironment> {
	return TestWorkflowEnvironment.createFromExistingServer({ address: await temporalAddress() });
}

/** A real Temporal server of this test's own: with settings of its own, and nothing registered. */
export function ownServer(extraArgs: string[] = []): Promise<TestWorkflowEnvironment> {
	return TestWorkflowEnvironment.createLocal({
		server: {
			executable: { type: 'existing-path', path: parts.temporal ?? '' },
			log: { format: 'json', level: 'error' },
			extraArgs,
		},
	});
}

/** The server that skips time whenever nothing is to be done. */
export function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
	return TestWorkflowEnvironment.createTimeSkipping({
		server: { executable: { type: 'existing-path', path: parts.timeSkipping ?? '' } },
	});
}

let bundled: Promise<string> | null = null;

/** The path of the workflow bundle, made from the sources once a test file. */
export function bundleOfWorkflows(): Promise<string> {
	bundled ??= bundle();
	return bundled;
}

async function bundle(): Promise<string> {
	const workflowsPath = join(import.meta.dirname, '../../workflows/index.ts');
	const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
	const folder = mkdtempSync(join(tmpdir(), 'mobile-token-bundle-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const path = join(folder, 'workflows.js');
	writeFileSync(path, code);
	return path;
}
