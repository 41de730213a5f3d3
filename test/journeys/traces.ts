import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { sql } from 'kysely';
import type { Db } from '../../database/connect.js';

/** Something that must not be found, and what to call it without saying it. */
export interface Wanted {
	name: string;
	value: string;
}

/** Where, and as what, something was found. */
export interface Trace {
	name: string;
	spelling: 'raw' | 'hex' | 'base64';
}

/** Looks for each value as it is, in hexadecimal, and in base64 at each of the three places it may start in. */
export function findTraces(haystack: Buffer, wanted: readonly Wanted[]): Trace[] {
	const text = haystack.toString('latin1');
	const lower = text.toLowerCase();
	return wanted.flatMap(({ name, value }) => {
		const bytes = Buffer.from(value);
		const found: Trace[] = [];
		if (occurs(text, bytes.toString('latin1'))) found.push({ name, spelling: 'raw' });
		if (lower.includes(bytes.toString('hex'))) found.push({ name, spelling: 'hex' });
		const spellings = base64Spellings(bytes).flatMap((spelled) => [spelled, urlSafe(spelled)]);
		if (spellings.some((spelled) => text.includes(spelled))) found.push({ name, spelling: 'base64' });
		return found;
	});
}

/** Six digits are found in ids and digests by chance; a code stands alone. */
function occurs(text: string, value: string): boolean {
	if (!/^\d{6}$/.test(value)) return text.includes(value);
	return new RegExp(`(?<![0-9a-zA-Z_-])${value}(?![0-9a-zA-Z_-])`).test(text);
}

function base64Spellings(bytes: Buffer): string[] {
	return [0, 1, 2].map((shift) => {
		const spelled = Buffer.concat([Buffer.alloc(shift), bytes])
			.toString('base64')
			.replace(/=+$/, '');
		const first = Math.ceil((shift * 8) / 6);
		const last = Math.floor(((shift + bytes.length) * 8) / 6);
		return spelled.slice(first, last);
	});
}

function urlSafe(base64: string): string {
	return base64.replaceAll('+', '-').replaceAll('/', '_');
}

/** All that Temporal keeps of the workflows of one type: the raw histories of every run, and their descriptions. */
export async function dumpTemporal(client: Client, workflowIds: readonly string[]): Promise<Buffer> {
	const parts: Buffer[] = [];
	for (const workflowId of workflowIds) {
		for await (const { runId, raw } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
			const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
			parts.push(Buffer.from(temporal.api.history.v1.History.encode(history).finish()));
			parts.push(Buffer.from(JSON.stringify(history)), Buffer.from(JSON.stringify(raw)));
		}
	}
	return Buffer.concat(parts);
}

/** Every row of every table of ours. */
export async function dumpDatabase(db: Db): Promise<Buffer> {
	const tables = await sql<{ name: string }>`
		select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
	const dumps: string[] = [];
	for (const { name } of tables.rows) {
		const { rows } = await sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(name)} t`.execute(
			db,
		);
		dumps.push(name, ...rows.map(({ row }) => row));
	}
	return Buffer.from(dumps.join('\n'));
}
