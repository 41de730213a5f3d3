import { Migrator, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connect } from '../../database/connect.js';
import { migrate } from '../../database/migrate.js';
import * as accounts from '../../database/migrations/2026-11-24-accounts.js';
import * as agents from '../../database/migrations/2026-11-24-agents.js';
import * as batches from '../../database/migrations/2026-11-24-batches.js';
import * as notices from '../../database/migrations/2026-11-24-notices.js';
import { DATABASES } from '../setup/databases.js';
import { query } from '../setup/postgres-cluster.js';
import { parts } from '../setup/services.js';
import { openDatabase } from './open-database.js';
import { accountRow, addAccount, NOW, readAccount } from './rows.js';

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

/** The migrations of version 0.1.0. */
const RELEASED = {
	'2026-11-24-accounts': accounts,
	'2026-11-24-agents': agents,
	'2026-11-24-batches': batches,
	'2026-11-24-notices': notices,
};

test.skipIf(!parts.postgres)(
	'a database of version 0.1.0 is brought to the newest schema with its accounts',
	async () => {
		const { url, close } = await openDatabase(DATABASES[1].open);
		await query(url, 'create database released');
		const released = new URL(url);
		released.pathname = '/released';
		const db = connect({ url: released.href, connections: 2, unhurried: true });
		try {
			const { error } = await new Migrator({ db, provider: { getMigrations: async () => RELEASED } }).migrateToLatest();
			expect(error).toBeUndefined();
			const row = accountRow({ passwordChangedAt: NOW, emailFailedAt: NOW });
			await db.insertInto('accounts').values(row).execute();
			await migrate(db);
			expect(await readAccount(db, row.id)).toMatchObject({
				passwordChangedAt: NOW,
				underAttackAt: null,
				emailFailedAt: null,
			});
		} finally {
			await db.destroy();
			await close();
		}
	},
);
