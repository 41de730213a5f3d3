import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connect } from '../../database/connect.js';
import { migrate } from '../../database/migrate.js';
import { DATABASES } from '../setup/databases.js';
import { query } from '../setup/postgres-cluster.js';
import { parts } from '../setup/services.js';
import { openDatabase } from './open-database.js';
import { addAccount, NOW, readAccount } from './rows.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('migrations, on $name', ({ open }) => {
	test('run again leave everything as it was', async () => {
		const { db, close } = await openDatabase(open);
		try {
			const { id } = await addAccount(db);
			await migrate(db);
			await migrate(db);
			expect(await readAccount(db, id)).toMatchObject({ id, createdAt: NOW });
		} finally {
			await close();
		}
	});
});

test.skipIf(!parts.postgres)(
	'processes that start at once on an empty database bring it to the newest schema together',
	async () => {
		const { url, close } = await openDatabase(DATABASES[1].open);
		await query(url, 'create database empty');
		const empty = new URL(url);
		empty.pathname = '/empty';
		const processes = Array.from({ length: 4 }, () => connect({ url: empty.href, connections: 2, unhurried: true }));
		try {
			await Promise.all(processes.map(migrate));
			const [db] = processes;
			if (!db) return;
			const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
			expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
			expect((await addAccount(db)).createdAt).toBe(NOW);
		} finally {
			await Promise.all(processes.map((db) => db.destroy()));
			await close();
		}
	},
);
