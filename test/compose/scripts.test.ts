import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.js';
import { type PostgresCluster, query, startPostgres } from '../setup/postgres-cluster.js';
import { parts, temporalAddress } from '../setup/services.js';
import { root } from './compose-file.js';

const run = promisify(execFile);
const scripts = readdirSync(join(root, 'docker'), { recursive: true })
	.map(String)
	.filter((path) => path.endsWith('.sh'));

test.each(scripts)('docker/%s is a script of a plain shell', async (script) => {
	await run('sh', ['-n', join(root, 'docker', script)]);
});

describe.skipIf(!parts.temporal)('docker/temporal/namespace.sh', () => {
	test('makes the namespace and what workers need in it, also when it runs again', async () => {
		const address = await temporalAddress();
		const env = {
			PATH: `${dirname(parts.temporal ?? '')}:${process.env.PATH}`,
			TEMPORAL_ADDRESS: address,
			TEMPORAL_NAMESPACE: 'made-by-script',
			NAMESPACE_RETENTION: '30d',
		};
		const script = join(root, 'docker/temporal/namespace.sh');
		await run('sh', [script], { env });
		await run('sh', [script], { env });
		const connection = await Connection.connect({ address });
		const found = await connection.operatorService.listSearchAttributes({ namespace: 'made-by-script' });
		const { config } = await connection.workflowService.describeNamespace({ namespace: 'made-by-script' });
		await connection.close();
		expect(Object.keys(found.customAttributes).sort()).toEqual(SEARCH_ATTRIBUTES.map(({ name }) => name).sort());
		expect(config?.workflowExecutionRetentionTtl?.seconds?.toNumber()).toBe(30 * 24 * 3600);
	});
});

describe.skipIf(!parts.postgres)('docker/postgres/databases.sh', () => {
	let cluster: PostgresCluster;
	beforeAll(async () => {
		cluster = await startPostgres(parts.postgres ?? '');
		const { port, hostname, username } = new URL(cluster.url);
		const env = {
			PATH: `${parts.postgres}:${process.env.PATH}`,
			PGHOST: hostname,
			PGPORT: port,
			POSTGRES_USER: username,
			TEMPORAL_DB_PASSWORD: "it's one",
			APP_DB_PASSWORD: 'other',
		};
		await run('sh', [join(root, 'docker/postgres/databases.sh')], { env });
	});
	afterAll(() => cluster?.stop());

	const as = (role: string, database: string) => {
		const url = new URL(cluster.url);
		url.username = role;
		url.pathname = `/${database}`;
		return url.href;
	};

	test('gives each role its own databases', async () => {
		for (const [role, database] of [
			['app', 'app'],
			['temporal', 'temporal'],
			['temporal', 'temporal_visibility'],
		] as const) {
			await query(as(role, database), 'create table owned (n int)');
		}
		await query(as('temporal', 'temporal_visibility'), 'create extension btree_gin');
	});

	test('keeps the product out of Temporal’s tables, and Temporal out of the product’s', async () => {
		await expect(query(as('app', 'temporal'), 'select 1')).rejects.toThrow(/permission denied/);
		await expect(query(as('temporal', 'app'), 'select 1')).rejects.toThrow(/permission denied/);
	});
});
