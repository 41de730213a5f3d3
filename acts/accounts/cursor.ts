import { type Refusal, refuse } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';

/** One page of a list, as it is asked for. */
export interface PageQuery {
	/** `nextCursor` of the page before. */
	cursor?: string | undefined;
	limit?: number | undefined;
}

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<Item> {
	items: Item[];
	nextCursor: string | null;
}

/** Items of a page unless the query says otherwise. */
export const PAGE_LENGTH = 50;

/** Where the next page begins, in a form that clients hand back and do not read. */
export function writeCursor(parts: readonly unknown[]): string {
	return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** What stands in a cursor; empty when it is none. The list that gave it looks at each part. */
export function readCursor(cursor: string): unknown[] {
	try {
		const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
		return Array.isArray(parts) ? parts : [];
	} catch {
		return [];
	}
}

/** Four digits: PostgreSQL knows no year 0 and writes the others differently. */
const YEAR = /^(?!0000)\d{4}-/;

export function isInstant(part: unknown): part is Instant {
	const ms = typeof part === 'string' && YEAR.test(part) ? Date.parse(part) : Number.NaN;
	return !Number.isNaN(ms) && new Date(ms).toISOString() === part;
}

/** A cursor has the right shape by its schema; whether a list gave it, only the list can tell. */
export function invalidCursor(): Refusal {
	const detail = 'This cursor is not one we gave. Start from the first page.';
	return refuse('invalid-request', { status: 422, detail, errors: [{ pointer: '/cursor', code: 'invalid', detail }] });
}

/** One page of `rows`, which a query for one row more than `limit` found. */
export function pageOf<Row, Item>(
	rows: readonly Row[],
	limit: number,
	{ item, cursor }: { item: (row: Row) => Item; cursor: (last: Row) => readonly unknown[] },
): Page<Item> {
	const shown = rows.slice(0, limit);
	const last = rows.length > limit ? shown.at(-1) : undefined;
	return { items: shown.map(item), nextCursor: last ? writeCursor(cursor(last)) : null };
}
