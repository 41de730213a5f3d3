import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../journeys/bundle.js';

/**
 * Histories that workers left, in a folder by the version whose shape they have: a run that began under an earlier version
 * must replay as well. A story is recorded anew, into the folder of the version to come, when the shape has changed but
 * the older histories still replay. A history that no longer replays means that what is under way would stop. It wants
 * `patched`, not another recording.
 *
 *     RECORD_HISTORIES=erased npx vitest run test/workflows/replay.test.ts
 *     RECORD_HISTORIES=batch npx vitest run test/batch/workflow.test.ts
 */
const FOLDER = join(import.meta.dirname, '../histories');
const NEXT_VERSION = '0.2.0';

/** The name of the story to record, or `all`. */
export const { RECORD_HISTORIES } = process.env;

/** Removes the name of the machine that recorded it. */
const IDENTITY = /\b\d+@[\w.-]+/g;

export function record(name: string, history: Parameters<typeof historyToJSON>[0]): void {
	const folder = join(FOLDER, NEXT_VERSION);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, `${name}.json`), `${historyToJSON(history).replace(IDENTITY, 'worker@host')}\n`);
}

/** Every recorded history: `0.1.0/happy`. */
export const RECORDED = readdirSync(FOLDER).flatMap((version) =>
	readdirSync(join(FOLDER, version)).map((file) => `${version}/${file.replace('.json', '')}`),
);

export function recorded(name: string): unknown {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}

/** @throws DeterminismViolationError when the workflow as it is now would not have done the same */
export async function replay(history: unknown): Promise<void> {
	await Worker.runReplayHistory({ workflowBundle: { codePath: await workflowBundle() } }, history);
}
