import type { MessageParams, Template } from '../domain/message.js';
import { maskPhone } from '../domain/phone.js';
import { NOTICE_GIVE_UP_AFTER_MS } from '../domain/policy.js';
import { after, type Instant } from '../domain/time.js';
import type { NewMessage } from './messages.js';
import type { AccountRow } from './schema.js';

/** What is told of an account that was not erased. */
export type Changed = Pick<
	AccountRow,
	'id' | 'email' | 'passwordChangedAt' | 'authenticatorConfirmedAt' | 'phoneVerifiedAt' | 'phoneNumber'
>;

/**
 * The mail that tells the user what was changed on the account, so that who did not do it hears of it (NIST SP 800-63B-4
 * 4.1.2.1, ASVS 6.3.7). The newest change gives its name.
 */
export function changesNotice(account: Changed, now: Instant): NewMessage {
	const { id: accountId, email, passwordChangedAt, authenticatorConfirmedAt, phoneNumber } = account;
	const params = {
		...(passwordChangedAt && { passwordChangedAt }),
		...(authenticatorConfirmedAt && { authenticatorConfirmedAt }),
		...(phoneNumber && { phone: maskPhone(phoneNumber) }),
	};
	return notice({ accountId, template: newestOf(account), recipient: email ?? '', params }, now);
}

/**
 * The last mail of an account: its user hears that it was erased. The address is kept in the sealed parameters alone, and
 * goes with them when the message ends.
 */
export function erasureNotice({ id: accountId, email }: { id: string; email: string }, now: Instant): NewMessage {
	return notice({ accountId, template: 'account-erased', recipient: null, params: { recipient: email } }, now);
}

/** A mail that opens nothing to its reader and is stale after a day. */
export function notice(
	{ params = {}, ...about }: Pick<NewMessage, 'accountId' | 'template' | 'recipient'> & { params?: MessageParams },
	now: Instant,
): NewMessage {
	return { ...about, channel: 'email', params, giveUpAt: after(now, NOTICE_GIVE_UP_AFTER_MS) };
}

function newestOf({ phoneVerifiedAt, authenticatorConfirmedAt }: Changed): Template {
	if (phoneVerifiedAt) return 'phone-verified';
	return authenticatorConfirmedAt ? 'authenticator-confirmed' : 'password-changed';
}
