import { findUser } from '../../database/accounts.js';
import { listEvents as listEventRows } from '../../database/events.js';
import { listMessages as listMessageRows } from '../../database/messages.js';
import { findNewestNumbers } from '../../database/passcodes.js';
import type { AccountRow } from '../../database/schema.js';
import { maskEmail } from '../../domain/email.js';
import { maskPhone } from '../../domain/phone.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { attentionOf, nextStep } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { Account, EventView, MessageView } from '../views.js';

/** One user's account; erased ones are not found. */
export async function getAccount(api: Api, { accountId }: { accountId: string }): Promise<Account | Refusal> {
	const row = await findUser(api.db, accountId);
	return row ? accountView(api, row, api.clock.now()) : refuse('not-found');
}

/** Everything sent, or to be sent, to the account's user, newest first. */
export async function listMessages(
	api: Api,
	{ accountId }: { accountId: string },
): Promise<{ items: MessageView[] } | Refusal> {
	if (!(await findUser(api.db, accountId))) return refuse('not-found');
	const rows = await listMessageRows(api.db, accountId);
	return {
		items: rows.map(({ id, channel, template, recipient, state, reason, changedAt }) => {
			const to = channel === 'sms' ? maskPhone(recipient ?? '') : maskEmail(recipient ?? '');
			return { id, channel, template, to, state, reason, at: changedAt };
		}),
	};
}

/** The account's story, oldest first. */
export async function listEvents(
	api: Api,
	{ accountId }: { accountId: string },
): Promise<{ items: EventView[] } | Refusal> {
	if (!(await findUser(api.db, accountId))) return refuse('not-found');
	const rows = await listEventRows(api.db, accountId);
	return {
		items: rows.map(({ id, name, actor, at, reason, source }) => ({ id: String(id), name, actor, at, reason, source })),
	};
}

/** An account as agents see it. */
export async function accountView(api: Viewer, row: AccountRow, now: Instant): Promise<Account> {
	const [view] = await accountViews(api, [row], now);
	return view as Account;
}

/** What drawing an account needs; in an act, `db` is its transaction. */
export type Viewer = Pick<Api, 'db' | 'workflowUrl'>;

/** As `accountView`, with one look at the database for all of them. */
export async function accountViews(api: Viewer, rows: AccountRow[], now: Instant): Promise<Account[]> {
	const pending = rows.filter((row) => row.passcodesIssued > 0 && !row.phoneNumber).map(({ id }) => id);
	const numbers = await findNewestNumbers(api.db, pending);
	return rows.map((row) => viewOf(api, row, row.phoneNumber ?? numbers.get(row.id) ?? null, now));
}

function viewOf(api: Viewer, row: AccountRow, phoneNumber: string | null, now: Instant): Account {
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
		workflowUrl: api.workflowUrl(row.id),
	};
}

function temporaryPasswordState(row: AccountRow, now: Instant): Account['temporaryPassword']['state'] {
	if (row.passwordChangedAt) return 'used';
	if (row.temporaryPasswordExpiresAt <= now) return 'expired';
	if (row.emailFailedAt) return 'failed';
	return row.temporaryPasswordHandedOverAt ? 'sent' : 'queued';
}
