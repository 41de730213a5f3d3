import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, test } from 'vitest';
import { SECOND_MS } from '../../domain/time.js';
import { parts } from '../setup/services.js';
import { FakePlatform } from './fake-platform.js';
import { Onboardings } from './onboardings.js';
import { RECORD_HISTORIES, RECORDED, record, recorded, replay } from './recorded.js';
import { ownServer, realServer } from './servers.js';
import { STORIES, type Story } from './stories.js';

/** Options of a server that suggests to go on in another run after so many events. */
const SHORT_HISTORIES = ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=40'];

describe.runIf(RECORD_HISTORIES && parts.temporal)('recorded', () => {
	test.for(Object.entries(STORIES).filter(([name]) => RECORD_HISTORIES === name || RECORD_HISTORIES === 'all'))(
		'%s',
		async ([name, story]: [string, Story]) => {
			const env = name === 'continued' ? await ownServer(SHORT_HISTORIES) : await realServer();
			const platform = new FakePlatform(undefined, 3 * SECOND_MS, SECOND_MS, SECOND_MS);
			platform.tellsChanges = true;
			const onboardings = new Onboardings(env, platform);
			await onboardings.startWorkers();
			try {
				const accountId = await story(onboardings);
				const history = await onboardings.handle(accountId).fetchHistory();
				record(name, history);
				const before = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
				if (before) record(`${name}-before`, await onboardings.handle(accountId, before).fetchHistory());
			} finally {
				await onboardings.stop();
				await env.teardown();
			}
		},
	);
});

describe('a deploy lets what is under way go on', () => {
	test.each(RECORDED)('%s', async (name) => {
		await expect(replay(recorded(name))).resolves.toBeUndefined();
	});

	test('a change that would stop it is noticed', async () => {
		const history = JSON.stringify(recorded('0.2.0/happy')).replaceAll('"deliverSms"', '"deliverText"');
		await expect(replay(JSON.parse(history))).rejects.toThrow(DeterminismViolationError);
	});
});

test('a recorded history shows ids, dates and counts, and not the machine it was recorded on', () => {
	const plain = RECORDED.map((name) => JSON.stringify(recorded(name), decoded));
	for (const text of plain) expect(text).not.toMatch(/stackTrace|file:|\/home\/|\/root\/|\d+@(?!host)/);
});

/** Payloads lie in a history as base64. */
function decoded(name: string, value: unknown): unknown {
	return name === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value;
}
