import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

let made: Promise<string> | undefined;

/** The workflow code as it is in the sources now, bundled once a file of tests. */
export function workflowBundle(): Promise<string> {
	made ??= make();
	return made;
}

async function make(): Promise<string> {
	const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
	const silent = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
	const { code } = await bundleWorkflowCode({ workflowsPath, logger: silent });
	const folder = mkdtempSync(join(tmpdir(), 'mobile-token-bundle-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const path = join(folder, 'workflow-bundle.js');
	writeFileSync(path, code);
	return path;
}
