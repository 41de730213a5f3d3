import { Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.js';
import { pgliteDatabase, postgresDatabase } from './databases.js';
import { query } from './postgres-cluster.js';
import { parts, temporalAddress } from './services.js';
import { timeSkippingEnvironment } from './time-skipping.js';

const TABLES = `select count(*)::int as tables from information_schema.tables where table_schema = 'public'`;

describe.skipIf(!parts.postgres)('a PostgreSQL database of a test', () => {
	test('is migrated, and no other test sees its rows', async () => {
		const [one, other] = await Promise.all([postgresDatabase(), postgresDatabase()]);
		const [{ tables }] = (await query(one.url, TABLES)) as [{ tables: number }];
		expect(tables).toBeGreaterThan(5);
		await query(one.url, 'create table mine (n int)');
		await expect(query(other.url, 'select * from mine')).rejects.toThrow(/does not exist/);
	});
});

describe('a PGlite database of a test', () => {
	test('is migrated, and opens within what a suite can bear', async () => {
		const database = await pgliteDatabase();
		const [{ tables }] = (await query(database.url, TABLES)) as [{ tables: number }];
		await database.stop();
		expect(tables).toBeGreaterThan(5);
	});
});

describe.skipIf(!parts.temporal)("the run's Temporal server", () => {
	test('knows the search attributes, without which every workflow stands still', async () => {
		const connection = await Connection.connect({ address: await temporalAddress() });
		const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
		await connection.close();
		expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(SEARCH_ATTRIBUTES.map(({ name }) => name)));
	});
});

describe.skipIf(!parts.timeSkipping)('the time-skipping server', () => {
	test('lets a day pass at once, and knows the search attributes', async () => {
		const env = await timeSkippingEnvironment();
		try {
			const before = await env.currentTimeMs();
			await env.sleep('25h');
			expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(25 * 3_600_000);
			const start = (name: string) =>
				env.client.workflow.start('nobody', {
					taskQueue: 'nobody',
					workflowId: `knows-${name}`,
					typedSearchAttributes: [{ key: defineSearchAttributeKey(name, 'KEYWORD'), value: 'verify-phone' }],
				});
			await start('OnboardingStep');
			await expect(start('Unregistered')).rejects.toThrow();
		} finally {
			await env.teardown();
		}
	});
});
