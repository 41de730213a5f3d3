import { findUser } from '../../database/accounts.js';
import { listEvents as listEventRows } from '../../database/events.js';
import { findOldestOwedEmails, listMessages as listMessageRows } from '../../database/messages.js';
import { findNewestNumbers } from '../../database/passcodes.js';
import type { AccountRow, EventRow, MessageRow } from '../../database/schema.js';
import { maskEmail } from '../../domain/email.js';
import { maskPhone } from '../../domain/phone.js';
import { EMAIL_DELAYED_AFTER_MS } from '../../domain/policy.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { type AttentionFacts, attentionOf, nextStep } from '../../domain/step.js';
import { after, type Instant } from '../../domain/time.js';
import { isUuid } from '../../domain/uuid.js';
import type { Api } from '../context.js';
import type { Account, EventView, MessageView } from '../views.js';
import { invalidCursor, isInstant, PAGE_LENGTH, type Page, type PageQuery, pageOf, readCursor } from './cursor.js';
import { locksOf } from './locks.js';

/** One user's account; `not-found` for an erased one. */
export async function getAccount(api: Api, { accountId }: { accountId: string }): Promise<Account | Refusal> {
	const row = await findUser(api.db, accountId);
	return row ? accountView(api, row, api.clock.now()) : refuse('not-found');
}

/** One page of the account's messages, sent or queued, newest first. */
export async function listMessages(
	api: Api,
	{ accountId, cursor, limit = PAGE_LENGTH }: { accountId: string } & PageQuery,
): Promise<Page<MessageView> | Refusal> {
	if (!(await findUser(api.db, accountId))) return refuse('not-found');
	const [at, id] = cursor === undefined ? [] : readCursor(cursor);
	const after = isInstant(at) && isUuid(id) ? { at, id } : undefined;
	if (cursor !== undefined && !after) return invalidCursor();
	const rows = await listMessageRows(api.db, accountId, { after, limit: limit + 1 });
	return pageOf(rows, limit, { item: messageView, cursor: (last) => [last.createdAt, last.id] });
}

function messageView({ id, channel, template, recipient, state, reason, changedAt }: MessageRow): MessageView {
	const to = channel === 'sms' ? maskPhone(recipient ?? '') : maskEmail(recipient ?? '');
	return { id, channel, template, to, state, reason, at: changedAt };
}

export interface EventsQuery extends PageQuery {
	accountId: string;
	order?: 'oldest' | 'newest' | undefined;
}

/** One page of the account's audit events, oldest first by default. */
export async function listEvents(
	api: Api,
	{ accountId, order = 'oldest', cursor, limit = PAGE_LENGTH }: EventsQuery,
): Promise<Page<EventView> | Refusal> {
	if (!(await findUser(api.db, accountId))) return refuse('not-found');
	const [from, id] = cursor === undefined ? [] : readCursor(cursor);
	const after = from === order && Number.isSafeInteger(id) ? (id as number) : undefined;
	if (cursor !== undefined && after === undefined) return invalidCursor();
	const rows = await listEventRows(api.db, accountId, { order, after, limit: limit + 1 });
	return pageOf(rows, limit, { item: eventView, cursor: (last) => [order, Number(last.id)] });
}

function eventView({ id, name, actor, at, reason, source }: EventRow): EventView {
	return { id: String(id), name, actor, at, reason, source };
}

/** As `accountView`, for an account whose temporary password the act has just issued: only that mail is queued. */
export function issuedView(api: Omit<Viewer, 'db'>, row: AccountRow, now: Instant): Account {
	return viewOf(api, { ...row, emailDelayedAt: null }, row.phoneNumber, now);
}

/** An account as agents see it. */
export async function accountView(api: Viewer, row: AccountRow, now: Instant): Promise<Account> {
	const [view] = await accountViews(api, [row], now);
	return view as Account;
}

/** What a view of an account needs. In an act, `db` is the transaction. */
export type Viewer = Pick<Api, 'db' | 'policy' | 'workflowUrl'>;

/** As `accountView` for several accounts, with one query for each question. */
export async function accountViews(api: Viewer, rows: AccountRow[], now: Instant): Promise<Account[]> {
	const pending = rows.filter((row) => row.passcodesIssued > 0 && !row.phoneNumber).map(({ id }) => id);
	const numbers = await findNewestNumbers(api.db, pending);
	// No younger account can have a mail that waits this long.
	const old = rows.filter(({ createdAt }) => createdAt <= after(now, -EMAIL_DELAYED_AFTER_MS)).map(({ id }) => id);
	const owedSince = await findOldestOwedEmails(api.db, old);
	return rows.map((row) => {
		const since = owedSince.get(row.id);
		const emailDelayedAt = since ? after(since, EMAIL_DELAYED_AFTER_MS) : null;
		return viewOf(api, { ...row, emailDelayedAt }, row.phoneNumber ?? numbers.get(row.id) ?? null, now);
	});
}

function viewOf(
	api: Omit<Viewer, 'db'>,
	row: AccountRow & Pick<AttentionFacts, 'emailDelayedAt'>,
	phoneNumber: string | null,
	now: Instant,
): Account {
	const step = nextStep(row, now);
	const hasPhone = phoneNumber !== null || row.phoneDeferredUntil !== null;
	const phone = {
		number: phoneNumber && maskPhone(phoneNumber),
		verifiedAt: row.phoneVerifiedAt,
		deferredUntil: row.phoneDeferredUntil,
	};
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
		frozenAt: row.frozenAt,
		locks: locksOf(api.policy, row, now),
		workflowUrl: api.workflowUrl(row.id),
	};
}

function temporaryPasswordState(row: AccountRow, now: Instant): Account['temporaryPassword']['state'] {
	if (row.passwordChangedAt) return 'used';
	if (row.temporaryPasswordExpiresAt <= now) return 'expired';
	if (row.emailFailedAt) return 'failed';
	return row.temporaryPasswordHandedOverAt ? 'sent' : 'queued';
}
