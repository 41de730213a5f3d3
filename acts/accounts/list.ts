import {
	type AccountsFilter,
	listNewest,
	listNotWaiting,
	listSoonest,
	type Place,
} from '../../database/account-lists.js';
import type { AccountRow } from '../../database/schema.js';
import { normalizeEmail } from '../../domain/email.js';
import type { Refusal } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import { isUuid } from '../../domain/uuid.js';
import type { Api } from '../context.js';
import type { Account } from '../views.js';
import { accountViews } from './accounts.js';
import { invalidCursor, isInstant, PAGE_LENGTH, type Page, type PageQuery, readCursor, writeCursor } from './cursor.js';

export interface AccountsQuery extends AccountsFilter, PageQuery {
	/** `soonest`: first the accounts with a valid temporary password, by expiry; then the rest, newest first. */
	order?: 'newest' | 'soonest' | undefined;
}

/** The parts of a list, in their order. */
const PARTS = { newest: ['newest'], soonest: ['soonest', 'rest'] } as const;
type Part = (typeof PARTS)[keyof typeof PARTS][number];

const LISTS = { newest: listNewest, soonest: listSoonest, rest: listNotWaiting };

/** Where the next page begins, and the moment of the first page. Later pages divide the list at that same moment. */
interface Cursor {
	part: Part;
	place?: Place | undefined;
	asOf: Instant;
}

/** Users' accounts, a page at a time, newest first unless asked otherwise. */
export async function listAccounts(
	api: Api,
	{ order = 'newest', cursor, limit = PAGE_LENGTH, ...filter }: AccountsQuery,
): Promise<Page<Account> | Refusal> {
	const now = api.clock.now();
	const from = cursor === undefined ? { part: PARTS[order][0], asOf: now } : placeIn(cursor, order);
	if (!from) return invalidCursor();
	const found = await collect(api, { ...filter, email: filter.email && normalizeEmail(filter.email) }, from, limit + 1);
	const page = found.slice(0, limit);
	const last = found.length > limit ? page.at(-1) : undefined;
	const nextCursor = last ? cursorAt({ part: last.part, place: placeOf(last), asOf: from.asOf }) : null;
	return {
		items: await accountViews(
			api,
			page.map(({ row }) => row),
			now,
		),
		nextCursor,
	};
}

interface Found {
	part: Part;
	row: AccountRow;
}

/** Takes from one part after the other until the page is full. */
async function collect(api: Api, filter: AccountsFilter, from: Cursor, limit: number): Promise<Found[]> {
	const order = from.part === 'newest' ? 'newest' : 'soonest';
	const parts: readonly Part[] = PARTS[order];
	const found: Found[] = [];
	for (const part of parts.slice(parts.indexOf(from.part))) {
		if (found.length >= limit || !mayHold(part, filter)) continue;
		const after = part === from.part ? from.place : undefined;
		const rows = await LISTS[part](api.db, filter, { after, limit: limit - found.length, now: from.asOf });
		found.push(...rows.map((row) => ({ part, row })));
	}
	return found;
}

/** All accounts with a valid temporary password stand at this step, and all accounts at it have one. */
function mayHold(part: Part, { step }: AccountsFilter): boolean {
	return part === 'newest' || !step || (part === 'soonest') === (step === 'change-password');
}

function placeOf({ part, row }: Found): Place {
	return { at: part === 'soonest' ? row.temporaryPasswordExpiresAt : row.createdAt, id: row.id };
}

function cursorAt({ part, place, asOf }: Cursor): string {
	return writeCursor([part, place?.at, place?.id, asOf]);
}

function placeIn(cursor: string, order: keyof typeof PARTS): Cursor | null {
	const [name, at, id, asOf] = readCursor(cursor);
	const parts: readonly Part[] = PARTS[order];
	const part = parts.find((candidate) => candidate === name);
	return part && isInstant(at) && isUuid(id) && isInstant(asOf) ? { part, place: { at, id }, asOf } : null;
}
