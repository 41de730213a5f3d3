import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbeddedDatabase, startDatabase } from '../../embedded/database.js';

let dataDir: string;

beforeAll(() => {
	dataDir = temporaryFolder();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the embedded database', () => {
	it('keeps what was committed over a stop and a start', async () => {
		await withDatabase(({ url }) =>
			withClient(url, async (client) => {
				await client.query('create table kept (n int primary key, word text)');
				await client.query('insert into kept values ($1, $2)', [1, 'one']);
			}),
		);
		const rows = await withDatabase(({ url }) => rowsOf(url, 'select * from kept'));
		expect(rows).toEqual([{ n: 1, word: 'one' }]);
	});

	it('keeps every acknowledged row when its process is killed in the middle of writing', async () => {
		await withDatabase(({ url }) => rowsOf(url, 'create table written (n int primary key, filler text)'));
		for (const first of [0, 1_000_000, 2_000_000]) {
			const acknowledged = await writeUntilKilled(first);
			const rows = await withDatabase(async ({ url }) => {
				await rowsOf(url, 'reindex table written');
				return rowsOf(url, `select n from written where n >= ${first}`);
			});
			const found = new Set(rows.map(({ n }) => n));
			expect(acknowledged.length).toBeGreaterThan(50);
			expect(acknowledged.filter((n) => !found.has(n))).toEqual([]);
		}
	});

	it('leaves no half a database when the first start is killed while it makes one', async () => {
		const fresh = temporaryFolder();
		try {
			const draft = join(fresh, 'database.new');
			const child = spawn(process.execPath, [script('database-create.mjs'), draft]);
			const exited = new Promise((done) => child.once('exit', done));
			await vi.waitFor(() => expect(existsSync(join(draft, 'base'))).toBe(true), { timeout: 20_000, interval: 5 });
			child.kill('SIGKILL');
			await exited;
			const database = await startDatabase({ dataDir: fresh });
			expect(await rowsOf(database.url, 'select 1 as one')).toEqual([{ one: 1 }]);
			await database.stop();
			expect(readdirSync(fresh)).toEqual(['database']);
		} finally {
			rmSync(fresh, { recursive: true, force: true });
		}
	});

	it('lets connections take turns by whole transactions, so that none sees the answers of another', async () => {
		await withDatabase(async ({ url }) => {
			const pool = new pg.Pool({ connectionString: url, max: 8 });
			await pool.query('create table counted (id int primary key, n int)');
			await pool.query('insert into counted values (1, 0)');
			const mine = await Promise.all(Array.from({ length: 200 }, (_, index) => countUp(pool, index)));
			expect(mine).toEqual(Array.from({ length: 200 }, (_, index) => index));
			expect((await pool.query('select n from counted')).rows).toEqual([{ n: 200 }]);
			await pool.end();
		});
	});

	it('answers a new connection by its own statements, not by those the one before kept under the same names', async () => {
		await withDatabase(async ({ url }) => {
			for (const text of ['select $1::int + 1 as answer', "select $1::text || '!' as answer"]) {
				const expected = text.includes('int') ? 8 : '7!';
				await withClient(url, async (client) => {
					for (const _ of [1, 2]) {
						const { rows } = await client.query({ name: 's0', text, values: ['7'] });
						expect(rows).toEqual([{ answer: expected }]);
					}
				});
			}
		});
	});

	it('rolls back what a broken connection left open, and serves the next', async () => {
		await withDatabase(async ({ url }) => {
			await rowsOf(url, 'create table torn (n int)');
			const broken = createSession(url);
			broken.send('begin; insert into torn values (1)');
			await broken.answered;
			broken.socket.destroy();
			expect(await rowsOf(url, 'select * from torn')).toEqual([]);
		});
	});

	it('answers a malformed message by closing that connection alone', async () => {
		await withDatabase(async ({ url }) => {
			const socket = createConnection(socketPathOf(url), () => socket.write(Buffer.alloc(8)));
			await new Promise((done) => socket.once('close', done));
			expect(await rowsOf(url, 'select 1 as one')).toEqual([{ one: 1 }]);
		});
	});

	it('tells its owner when it ends by itself', async () => {
		const doomed = temporaryFolder();
		const onDeath = vi.fn();
		const database = await startDatabase({ dataDir: doomed, onDeath });
		rmSync(join(doomed, 'database', 'global', 'pg_control'));
		await rowsOf(database.url, 'checkpoint').catch(() => {});
		await vi.waitFor(() => expect(onDeath).toHaveBeenCalledWith('The embedded database ended by itself.'), 5_000);
		expect(existsSync(socketPathOf(database.url))).toBe(false);
		rmSync(doomed, { recursive: true });
	});

	it('keeps its socket in a short folder that only its owner can enter, and removes those of ended processes', async () => {
		const stale = mkdtempSync(join(tmpdir(), 'mobile-token-'));
		writeFileSync(join(stale, 'owner.json'), JSON.stringify({ pid: process.pid, startedAt: 'another time' }));
		await withDatabase(async ({ url }) => {
			const socketPath = socketPathOf(url);
			expect(statSync(join(socketPath, '..')).mode & 0o777).toBe(0o700);
			expect(Buffer.byteLength(socketPath)).toBeLessThan(100);
			expect(existsSync(stale)).toBe(false);
		});
	});
});

async function withDatabase<T>(work: (database: EmbeddedDatabase) => Promise<T>): Promise<T> {
	const database = await startDatabase({ dataDir });
	try {
		return await work(database);
	} finally {
		await database.stop();
	}
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ connectionString: url });
	client.on('error', () => {});
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
	return withClient(url, async (client) => (await client.query(sql)).rows);
}

async function countUp(pool: pg.Pool, index: number): Promise<number> {
	const client = await pool.connect();
	await client.query('begin');
	const { rows } = await client.query('select $1::int as mine, n from counted where id = 1', [index]);
	await client.query('update counted set n = $1 where id = 1', [rows[0].n + 1]);
	await client.query('commit');
	client.release();
	return rows[0].mine;
}

/** The numbers whose rows were acknowledged before the process was killed. */
async function writeUntilKilled(first: number): Promise<number[]> {
	const socketFolder = temporaryFolder();
	const writer = fileURLToPath(new URL('./database-writer.mjs', import.meta.url));
	const child = spawn(process.execPath, [writer, join(dataDir, 'database'), socketFolder, String(first)]);
	let printed = '';
	child.stdout.on('data', (chunk) => {
		printed += chunk;
	});
	const closed = new Promise((done) => child.once('close', done));
	await vi.waitFor(() => expect(printed.split('\n').length).toBeGreaterThan(300), { timeout: 20_000, interval: 10 });
	child.kill('SIGKILL');
	await closed;
	rmSync(socketFolder, { recursive: true, force: true });
	// The last piece may be half a number.
	return printed.split('\n').slice(0, -1).map(Number);
}

/** A session spoken by hand, since a driver would close it in good order. */
function createSession(url: string) {
	const socket = createConnection(socketPathOf(url));
	const startup = Buffer.from('....\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1');
	startup.writeInt32BE(startup.length, 0);
	socket.write(startup);
	const answered = new Promise<void>((done) => {
		socket.on('data', (data) => data.includes('INSERT 0 1') && done());
	});
	return {
		socket,
		answered,
		send(sql: string) {
			const message = Buffer.from(`Q....${sql}\0`);
			message.writeInt32BE(message.length - 1, 1);
			socket.write(message);
		},
	};
}

function socketPathOf(url: string): string {
	return join(new URL(url.replace('@/', '@embedded/')).searchParams.get('host') ?? '', '.s.PGSQL.5432');
}

function script(name: string): string {
	return fileURLToPath(new URL(`../../embedded/${name}`, import.meta.url));
}

function temporaryFolder(): string {
	return mkdtempSync(join(tmpdir(), 'mt-'));
}
