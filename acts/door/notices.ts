import type { AccountRow } from '../../database/schema.js';
import type { MessageParams } from '../../domain/message.js';
import { maskPhone } from '../../domain/phone.js';
import { NOTICE_GIVE_UP_AFTER_MS } from '../../domain/policy.js';
import { after, type Instant } from '../../domain/time.js';
import type { NewMessage } from './messages.js';

/*
 * The product notifies a user of each change at once, so that a user who did not make the change can report it (NIST SP
 * 800-63B-4 4.1.2.1, ASVS 6.3.7). The mail about the token also names an earlier change of the password: one person makes
 * both changes.
 */

/** The mail about the user's own password and the mobile token. */
export function authenticatorNotice(
	{ id: accountId, email, passwordChangedAt }: Pick<AccountRow, 'id' | 'email' | 'passwordChangedAt'>,
	now: Instant,
): NewMessage {
	const params = { ...(passwordChangedAt && { passwordChangedAt }), authenticatorConfirmedAt: now };
	return notice({ accountId, template: 'authenticator-confirmed', recipient: email ?? '', params }, now);
}

/** The mail about the fallback phone. */
export function phoneNotice(
	{ id: accountId, email }: Pick<AccountRow, 'id' | 'email'>,
	phoneNumber: string,
	now: Instant,
): NewMessage {
	const params = { phone: maskPhone(phoneNumber) };
	return notice({ accountId, template: 'phone-verified', recipient: email ?? '', params }, now);
}

/**
 * The last mail of an account: it tells the user of the erasure. Only the sealed parameters hold the address. They are
 * removed when the message ends.
 */
export function erasureNotice({ id: accountId, email }: { id: string; email: string }, now: Instant): NewMessage {
	return notice({ accountId, template: 'account-erased', recipient: null, params: { recipient: email } }, now);
}

/** A notice: a mail without a secret. The product gives up its delivery after a day. */
export function notice(
	{ params = {}, ...about }: Pick<NewMessage, 'accountId' | 'template' | 'recipient'> & { params?: MessageParams },
	now: Instant,
): NewMessage {
	return { ...about, channel: 'email', params, giveUpAt: after(now, NOTICE_GIVE_UP_AFTER_MS) };
}
