import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../database/connect.js';
import { migrate } from '../../database/migrate.js';
import { startDatabase } from '../../embedded/database.js';
import { findAll, type Parts } from './find.mjs';
import { query, startPostgres } from './postgres-cluster.js';
import { startTemporal } from './temporal-server.js';

declare module 'vitest' {
	export interface ProvidedContext {
		/** What is on this machine; a test that needs more is skipped, and `test/run.mjs` says so. */
		parts: Parts;
		/** Where the servers of the run are asked for (`test/setup/services.ts`). */
		servicesUrl: string;
	}
}

const TEMPLATE = 'migrated';

/**
 * The servers of a whole run: one Temporal, one PostgreSQL with a migrated template, one migrated PGlite folder. Each is
 * started by the first test that asks, over HTTP on the loopback, so that a run of one quick file starts none.
 */
export default async function setup(project: TestProject) {
	const parts = findAll();
	const folder = mkdtempSync(join(tmpdir(), 'mobile-token-test-'));
	const stops: (() => Promise<void>)[] = [];
	const services = makeServices(parts, folder, stops);
	const broker = createServer(async (request, response) => {
		try {
			const answer = await services[request.url as keyof typeof services]();
			response.end(JSON.stringify(answer));
		} catch (error) {
			response.writeHead(500).end(JSON.stringify(String(error)));
		}
	});
	await new Promise<void>((done) => broker.listen(0, '127.0.0.1', done));
	project.provide('parts', parts);
	project.provide('servicesUrl', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);
	return async () => {
		broker.close();
		broker.closeAllConnections();
		await Promise.all(stops.map((stop) => stop()));
		rmSync(folder, { recursive: true, force: true });
	};
}

function makeServices(parts: Parts, folder: string, stops: (() => Promise<void>)[]) {
	const temporal = once(async () => {
		const server = await startTemporal(needed(parts.temporal, 'Temporal'));
		stops.push(server.stop);
		return { address: server.address };
	});
	const postgres = once(async () => {
		const cluster = await startPostgres(needed(parts.postgres, 'PostgreSQL'));
		stops.push(cluster.stop);
		await query(cluster.url, `create database ${TEMPLATE}`);
		await migrateAt(databaseOf(cluster.url, TEMPLATE));
		return { url: cluster.url };
	});
	const pglite = once(async () => {
		const dataDir = join(folder, 'pglite');
		mkdirSync(dataDir);
		const database = await startDatabase({ dataDir });
		await migrateAt(database.url);
		await database.stop();
		return { dataDir };
	});
	let made = 0;
	let making: Promise<unknown> = Promise.resolve();
	return {
		'/temporal': temporal,
		'/postgres': postgres,
		/** A template is copied by one at a time. */
		'/postgres-database': async () => {
			const { url } = await postgres();
			const name = `test_${++made}`;
			making = making.then(() => query(url, `create database ${name} template ${TEMPLATE}`));
			await making;
			return { url: databaseOf(url, name) };
		},
		'/pglite-folder': async () => {
			const template = await pglite();
			const dataDir = join(folder, `pglite-${++made}`);
			cpSync(template.dataDir, dataDir, { recursive: true });
			return { dataDir };
		},
	};
}

function once<T>(start: () => Promise<T>): () => Promise<T> {
	let started: Promise<T> | undefined;
	return () => {
		started ??= start();
		return started;
	};
}

async function migrateAt(url: string): Promise<void> {
	const db = connect({ url, connections: 1, unhurried: true });
	try {
		await migrate(db);
	} finally {
		await db.destroy();
	}
}

function databaseOf(url: string, name: string): string {
	const other = new URL(url);
	other.pathname = `/${name}`;
	return other.href;
}

function needed(path: string | null, name: string): string {
	if (path) return path;
	throw new Error(`${name} is not on this machine. \`npm test\` says how to get it.`);
}
