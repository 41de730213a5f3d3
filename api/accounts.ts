import { findAccount, listAccounts as listRows } from '../database/accounts.js';
import { listEvents as listEventRows } from '../database/events.js';
import { listMessages as listMessageRows } from '../database/messages.js';
import { findNewestNumbers } from '../database/passcodes.js';
import type { AccountRow } from '../database/schema.js';
import { maskEmail, normalizeEmail } from '../domain/email.js';
import { maskPhone } from '../domain/phone.js';
import { type Refusal, refuse } from '../domain/refusal.js';
import { type Attention, attentionOf, nextStep, type Step } from '../domain/step.js';
import type { Instant } from '../domain/time.js';
import type { Api } from './api.js';
import type { Account, EventView, MessageView } from './views.js';

const PAGE = 50;

export interface AccountsQuery {
	step?: Step | undefined;
	attention?: Attention | undefined;
	/** Part of an e-mail. */
	email?: string | undefined;
	cursor?: string | undefined;
	limit?: number | undefined;
}

/** Accounts, newest first, a page at a time. */
export async function listAccounts(
	api: Api,
	query: AccountsQuery,
): Promise<{ items: Account[]; nextCursor: string | null } | Refusal> {
	const limit = query.limit ?? PAGE;
	const before = query.cursor === undefined ? undefined : readCursor(query.cursor);
	if (before === null) return invalidCursor();
	const now = api.clock.now();
	const email = query.email && normalizeEmail(query.email);
	const filter = { step: query.step, attention: query.attention, email, before, limit: limit + 1 };
	const rows = await listRows(api.db, filter, now);
	const page = rows.slice(0, limit);
	const last = rows.length > limit ? page.at(-1) : undefined;
	return { items: await accountViews(api, page, now), nextCursor: last ? writeCursor(last) : null };
}

/** One account; erased ones are not found. */
export async function getAccount(api: Api, { accountId }: { accountId: string }): Promise<Account | Refusal> {
	const row = await findAccount(api.db, accountId);
	return row ? accountView(api, row, api.clock.now()) : refuse('not-found');
}

/** Everything sent, or to be sent, to the account's user, newest first. */
export async function listMessages(api: Api, { accountId }: { accountId: string }): Promise<{ items: MessageView[] } | Refusal> {
	if (!(await findAccount(api.db, accountId))) return refuse('not-found');
	const rows = await listMessageRows(api.db, accountId);
	return {
		items: rows.map(({ id, channel, template, recipient, state, reason, changedAt }) => {
			const to = channel === 'sms' ? maskPhone(recipient ?? '') : maskEmail(recipient ?? '');
			return { id, channel, template, to, state, reason, at: changedAt };
		}),
	};
}

/** The account's story, oldest first. */
export async function listEvents(api: Api, { accountId }: { accountId: string }): Promise<{ items: EventView[] } | Refusal> {
	if (!(await findAccount(api.db, accountId))) return refuse('not-found');
	const rows = await listEventRows(api.db, accountId);
	return { items: rows.map(({ id, name, actor, at, reason, source }) => ({ id: String(id), name, actor, at, reason, source })) };
}

/** An account as agents see it. */
export async function accountView(api: Viewer, row: AccountRow, now: Instant): Promise<Account> {
	const [view] = await accountViews(api, [row], now);
	return view as Account;
}

/** What drawing an account needs; in an act, `db` is its transaction. */
type Viewer = Pick<Api, 'db' | 'workflowUrl'>;

async function accountViews(api: Viewer, rows: AccountRow[], now: Instant): Promise<Account[]> {
	const pending = rows.filter((row) => row.passcodesIssued > 0 && !row.phoneNumber).map(({ id }) => id);
	const numbers = await findNewestNumbers(api.db, pending);
	return rows.map((row) => viewOf(api, row, row.phoneNumber ?? numbers.get(row.id) ?? null, now));
}

function viewOf(api: Viewer, row: AccountRow, phoneNumber: string | null, now: Instant): Account {
	const step = nextStep(row, now);
	const hasPhone = phoneNumber !== null || row.phoneDeferredUntil !== null;
	const phone = { number: phoneNumber && maskPhone(phoneNumber), verifiedAt: row.phoneVerifiedAt, deferredUntil: row.phoneDeferredUntil };
	return {
		id: row.id,
		email: row.email ?? '',
		name: row.name,
		locale: row.locale,
		step,
		attention: attentionOf(row, now),
		createdAt: row.createdAt,
		completedAt: row.completedAt,
		temporaryPassword: { state: temporaryPasswordState(row, now), expiresAt: row.temporaryPasswordExpiresAt },
		authenticator: row.authenticatorConfirmedAt ? { confirmedAt: row.authenticatorConfirmedAt } : null,
		phone: hasPhone ? phone : null,
		workflowUrl: api.workflowUrl(row.id),
	};
}

function temporaryPasswordState(row: AccountRow, now: Instant): Account['temporaryPassword']['state'] {
	if (row.passwordChangedAt) return 'used';
	if (row.temporaryPasswordExpiresAt <= now) return 'expired';
	if (row.emailFailedAt) return 'failed';
	return row.temporaryPasswordHandedOverAt ? 'sent' : 'queued';
}

function writeCursor({ createdAt, id }: AccountRow): string {
	return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

function readCursor(cursor: string): { createdAt: Instant; id: string } | null {
	try {
		const [createdAt, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
		const sound = new Date(createdAt).toISOString() === createdAt && /^[0-9a-f-]{36}$/.test(id);
		return sound ? { createdAt, id } : null;
	} catch {
		return null;
	}
}

function invalidCursor(): Refusal {
	const detail = 'This cursor is not one we gave. Start from the first page.';
	return refuse('invalid-request', { detail, errors: [{ pointer: '/cursor', code: 'invalid', detail }] });
}
