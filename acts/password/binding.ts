import type { AccountRow } from '../../database/schema.js';
import type { Api } from '../context.js';

/** A password's digest, and the keyed tag that binds it to its account. */
export function bindPassword(
	{ keys }: Pick<Api, 'keys'>,
	accountId: string,
	passwordDigest: string,
): { passwordDigest: string; passwordTag: string } {
	return { passwordDigest, passwordTag: keys.digest('password', accountId, passwordDigest) };
}

/**
 * Whether the digest belongs to this account. A digest copied from another row has the wrong tag. A digest without a tag
 * is from the previous version; the next sign-in binds it.
 */
export function isBoundPassword({ keys }: Pick<Api, 'keys'>, account: AccountRow): boolean {
	const { id, passwordDigest, passwordTag } = account;
	return passwordTag === null || keys.verify(passwordTag, 'password', id, passwordDigest ?? '');
}
