import type { AccountRow } from '../../database/schema.js';
import type { MessageParams } from '../../domain/message.js';
import { maskPhone } from '../../domain/phone.js';
import { NOTICE_GIVE_UP_AFTER_MS } from '../../domain/policy.js';
import { after, type Instant } from '../../domain/time.js';
import type { NewMessage } from './messages.js';

/*
 * A user hears at once what was changed on the account, so that a user who did not do it can say so (NIST SP 800-63B-4
 * 4.1.2.1, ASVS 6.3.7). The mail of the token also names an earlier change of the password: one person
 * does both.
 */

/** The mail that tells of the user's own password and of the mobile token. */
export function authenticatorNotice(
	{ id: accountId, email, passwordChangedAt }: Pick<AccountRow, 'id' | 'email' | 'passwordChangedAt'>,
	now: Instant,
): NewMessage {
	const params = { ...(passwordChangedAt && { passwordChangedAt }), authenticatorConfirmedAt: now };
	return notice({ accountId, template: 'authenticator-confirmed', recipient: email ?? '', params }, now);
}

/** The mail that tells of the fallback phone. */
export function phoneNotice(
	{ id: accountId, email }: Pick<AccountRow, 'id' | 'email'>,
	phoneNumber: string,
	now: Instant,
): NewMessage {
	const params = { phone: maskPhone(phoneNumber) };
	return notice({ accountId, template: 'phone-verified', recipient: email ?? '', params }, now);
}

/**
 * The last mail of an account: its user hears that it was erased. The address is kept in the sealed parameters alone, and
 * goes with them when the message ends.
 */
export function erasureNotice({ id: accountId, email }: { id: string; email: string }, now: Instant): NewMessage {
	return notice({ accountId, template: 'account-erased', recipient: null, params: { recipient: email } }, now);
}

/** A notice: a mail without a secret, stale after a day. */
export function notice(
	{ params = {}, ...about }: Pick<NewMessage, 'accountId' | 'template' | 'recipient'> & { params?: MessageParams },
	now: Instant,
): NewMessage {
	return { ...about, channel: 'email', params, giveUpAt: after(now, NOTICE_GIVE_UP_AFTER_MS) };
}
