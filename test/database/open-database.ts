import { sql } from 'kysely';
import { connect, type Db } from '../../database/connect.js';
import type { TestDatabase } from '../setup/databases.js';

export interface OpenDatabase {
	db: Db;
	url: string;
	close(): Promise<void>;
}

/** A database of the test's own, open and answering. */
export async function openDatabase(open: () => Promise<TestDatabase>): Promise<OpenDatabase> {
	const database = await open();
	const db = connect(database);
	await untilAnswering(db);
	return {
		db,
		url: database.url,
		close: async () => {
			await db.destroy();
			await database.stop();
		},
	};
}

/** The first connection of a machine at work may take longer than an act would wait. */
async function untilAnswering(db: Db, attempts = 10): Promise<void> {
	try {
		await sql`select 1`.execute(db);
	} catch (error) {
		if (attempts === 0) throw error;
		await untilAnswering(db, attempts - 1);
	}
}

/** As many as the pool has connections run side by side; more would only wait in line for one. */
const SIDE_BY_SIDE = 10;

/** Does it so many times, as many at once as can be, and gives what each came to. */
export async function atOnce<T>(times: number, act: (i: number) => Promise<T>): Promise<T[]> {
	const answers: T[] = [];
	let next = 0;
	async function worker(): Promise<void> {
		while (next < times) {
			const i = next++;
			answers[i] = await act(i);
		}
	}
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
	return answers;
}
