import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, test } from 'vitest';
import { SECOND_MS } from '../../domain/time.js';
import { workflowBundle } from '../journeys/bundle.js';
import { parts } from '../setup/services.js';
import { FakePlatform } from './fake-platform.js';
import { Onboardings } from './onboardings.js';
import { realServer } from './servers.js';
import { STORIES, type Story } from './stories.js';

/**
 * Histories that deployed workers left. To be recorded only when a story is new: one that no longer replays means that
 * onboardings under way would stop, and wants `patched`, not another recording.
 *
 *     RECORD_HISTORIES=erased npx vitest run test/workflows/replay.test.ts
 */
const FOLDER = join(import.meta.dirname, '../histories');
const { RECORD_HISTORIES } = process.env;

/** Which machine recorded it is nobody's business. */
const IDENTITY = /\b\d+@[\w.-]+/g;

interface Recorded {
	events: { eventType: string; [attributes: string]: unknown }[];
}

function recorded(name: string): Recorded {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}

async function replay(history: unknown): Promise<void> {
	await Worker.runReplayHistory({ workflowBundle: { codePath: await workflowBundle() } }, history);
}

describe.runIf(RECORD_HISTORIES && parts.temporal)('recorded', () => {
	test.for(Object.entries(STORIES).filter(([name]) => RECORD_HISTORIES === name || RECORD_HISTORIES === 'all'))(
		'%s',
		async ([name, story]: [string, Story]) => {
			const env = await realServer();
			const platform = new FakePlatform(undefined, 3 * SECOND_MS, SECOND_MS, SECOND_MS);
			const onboardings = new Onboardings(env, platform);
			await onboardings.startWorkers();
			try {
				const accountId = await story(onboardings);
				const history = await onboardings.handle(accountId).fetchHistory();
				mkdirSync(FOLDER, { recursive: true });
				writeFileSync(join(FOLDER, `${name}.json`), `${historyToJSON(history).replace(IDENTITY, 'worker@host')}\n`);
			} finally {
				await onboardings.stop();
				await env.teardown();
			}
		},
	);
});

describe('a deploy stops onboardings that are under way', () => {
	test.each(Object.keys(STORIES))('%s', async (name) => {
		await expect(replay(recorded(name))).resolves.toBeUndefined();
	});

	test('or is not told from one that does not', async () => {
		const history = JSON.stringify(recorded('happy')).replaceAll('"deliverSms"', '"deliverText"');
		await expect(replay(JSON.parse(history))).rejects.toThrow(DeterminismViolationError);
	});
});

test('a recorded history shows more than ids, dates and counts, or the machine it was recorded on', () => {
	const plain = Object.keys(STORIES).map((name) => JSON.stringify(recorded(name), decoded));
	for (const text of plain) expect(text).not.toMatch(/stackTrace|file:|\/home\/|\/root\/|\d+@(?!host)/);
});

/** Payloads lie in a history as base64. */
function decoded(name: string, value: unknown): unknown {
	return name === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value;
}
