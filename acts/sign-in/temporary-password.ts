import type { AccountRow } from '../../database/schema.js';
import { normalizeTemporaryPassword } from '../../domain/credentials/temporary-password.js';
import type { Api } from '../context.js';

/** Whether the text is the account's temporary password, expired or not. */
export function isTemporaryPassword(api: Pick<Api, 'keys'>, account: AccountRow, typed: string): boolean {
	const { temporaryPasswordDigest: digest, temporaryPasswordId } = account;
	return (
		digest !== null &&
		api.keys.verify(digest, 'temporary-password', temporaryPasswordId, normalizeTemporaryPassword(typed))
	);
}
