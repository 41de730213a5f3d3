import { type Refusal, refuse } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';

/** A request for one page of a list. */
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

/** Default number of items on a page. */
export const PAGE_LENGTH = 50;

/** Where the next page begins, as a text that clients return unread. */
export function writeCursor(parts: readonly unknown[]): string {
	return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor; empty when the text is no cursor. The list checks each part. */
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

/** The schema checks a cursor's shape. Only the list can tell whether the cursor is its own. */
export function invalidCursor(): Refusal {
	const detail = 'This cursor is not from this list. Start from the first page.';
	return refuse('invalid-request', { status: 422, detail, errors: [{ pointer: '/cursor', code: 'invalid', detail }] });
}

/** One page of `rows`. Their query asks for one row more than `limit`. */
export function pageOf<Row, Item>(
	rows: readonly Row[],
	limit: number,
	{ item, cursor }: { item: (row: Row) => Item; cursor: (last: Row) => readonly unknown[] },
): Page<Item> {
	const shown = rows.slice(0, limit);
	const last = rows.length > limit ? shown.at(-1) : undefined;
	return { items: shown.map(item), nextCursor: last ? writeCursor(cursor(last)) : null };
}
