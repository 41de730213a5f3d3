import { randomUUID } from 'node:crypto';
import type { AccountRow, Role } from '../../database/schema.js';
import { normalizeEmail } from '../../domain/email.js';
import { WAKE_AFTER_ACT_MS } from '../../domain/policy.js';
import { after, type Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { NewMessage } from '../door/messages.js';
import { issueTemporaryPassword } from './temporary-password.js';

/** A person to be registered. */
export interface NewPerson {
	email: string;
	name?: string | null | undefined;
	/** A BCP 47 tag; English when none is given. */
	locale?: string | undefined;
	role?: Role | undefined;
}

/** The facts of every new account. */
const UNTOUCHED = {
	erasedAt: null,
	passwordDigest: null,
	passwordTag: null,
	passwordChangedAt: null,
	authenticatorSecret: null,
	authenticatorConfirmedAt: null,
	authenticatorTimeStep: null,
	authenticatorFailures: 0,
	authenticatorSlowedUntil: null,
	phoneNumber: null,
	phoneVerifiedAt: null,
	localeChosenAt: null,
	phoneDeferredUntil: null,
	completedAt: null,
	passcodesIssued: 0,
	passcodeFailures: 0,
	passcodeSlowedUntil: null,
	remindersSent: 0,
	reminderIntervalMs: null,
	reminderDueAt: null,
	emailFailedAt: null,
	smsFailedAt: null,
	lockedAt: null,
	underAttackAt: null,
	frozenAt: null,
	revision: 0,
	seenRevision: null,
	wakeMisses: 0,
} satisfies Partial<AccountRow>;

/** The row of a new account with its first temporary password, and the mail that carries it. */
export function newAccount(
	context: Pick<Api, 'keys' | 'policy'>,
	{ email, name = null, locale = 'en', role = 'user' }: NewPerson,
	createdBy: string,
	now: Instant,
): { account: AccountRow; message: NewMessage } {
	const id = randomUUID();
	const address = normalizeEmail(email);
	const { changes, message } = issueTemporaryPassword(context, { accountId: id, email: address }, now);
	const person = { id, email: address, name, locale, role, createdAt: now, createdBy };
	const wakeBy = after(now, WAKE_AFTER_ACT_MS);
	return { account: { ...UNTOUCHED, ...person, ...changes, wakeBy }, message };
}
