import type { NativeConnection } from '@temporalio/worker';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { ensureSearchAttributes } from '../../worker/search-attributes.js';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.js';
import { parts } from '../setup/services.js';
import { ownServer } from '../workflows/servers.js';

function listeningLog() {
	const lines: string[] = [];
	return { log: pino({}, { write: (line: string) => void lines.push(line) }), lines };
}

describe.skipIf(!parts.temporal)('search attributes', () => {
	test('are registered before the first workers poll, also when workers start together', async () => {
		const env = await ownServer();
		try {
			const { log, lines } = listeningLog();
			const ensure = () => ensureSearchAttributes(env.nativeConnection, 'default', log);
			await Promise.all([ensure(), ensure(), ensure()]);
			await ensure();
			const { operatorService } = env.nativeConnection;
			const { customAttributes } = await operatorService.listSearchAttributes({ namespace: 'default' });
			for (const { name, type } of SEARCH_ATTRIBUTES) {
				expect(customAttributes[name]).toBe({ KEYWORD: 2, DATETIME: 6 }[type]);
			}
			expect(lines).toEqual([]);
		} finally {
			await env.teardown();
		}
	});
});

describe('where they may not be registered', () => {
	/** gRPC's PERMISSION_DENIED, as a managed namespace answers. */
	const denied = Object.assign(new Error('no such luck, key-1234'), { code: 7 });
	const refusing = {
		operatorService: {
			listSearchAttributes: () => Promise.reject(denied),
			addSearchAttributes: () => Promise.reject(denied),
		},
	} as unknown as NativeConnection;

	test('workers start all the same, and say what is missing', async () => {
		const { log, lines } = listeningLog();
		await ensureSearchAttributes(refusing, 'managed', log);
		expect(lines).toHaveLength(1);
		const entry = JSON.parse(lines[0] ?? '');
		expect(entry).toMatchObject({ level: 40, namespace: 'managed', code: 7 });
		expect(entry.attributes).toEqual([
			'OnboardingStep (KEYWORD)',
			'OnboardingDeadline (DATETIME)',
			'OnboardingAttention (KEYWORD)',
		]);
		expect(lines[0]).not.toContain('key-1234');
	});
});
