import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../journeys/bundle.js';

/**
 * Histories that deployed workers left. To be recorded only when a story is new: one that no longer replays means that
 * what is under way would stop, and wants `patched`, not another recording.
 *
 *     RECORD_HISTORIES=erased npx vitest run test/workflows/replay.test.ts
 *     RECORD_HISTORIES=batch npx vitest run test/batch/workflow.test.ts
 */
const FOLDER = join(import.meta.dirname, '../histories');

/** The name of the story to record, or `all`. */
export const { RECORD_HISTORIES } = process.env;

/** Which machine recorded it is nobody's business. */
const IDENTITY = /\b\d+@[\w.-]+/g;

export function record(name: string, history: Parameters<typeof historyToJSON>[0]): void {
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(join(FOLDER, `${name}.json`), `${historyToJSON(history).replace(IDENTITY, 'worker@host')}\n`);
}

export function recorded(name: string): unknown {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}

/** @throws DeterminismViolationError when the workflow as it is now would not have done the same */
export async function replay(history: unknown): Promise<void> {
	await Worker.runReplayHistory({ workflowBundle: { codePath: await workflowBundle() } }, history);
}
