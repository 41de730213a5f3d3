import type { AccountRow } from '../../database/schema.js';
import { normalizeTemporaryPassword } from '../../domain/credentials/temporary-password.js';
import type { Api } from '../context.js';

/** Whether the text is the account's temporary password, expired or not. */
export function isTemporaryPassword({ keys }: Pick<Api, 'keys'>, account: AccountRow, typed: string): boolean {
	const { id, temporaryPasswordDigest: digest, temporaryPasswordId } = account;
	const parts = [temporaryPasswordId, normalizeTemporaryPassword(typed)];
	// Digests of the previous version name no account. The last of them expires a day after the update.
	const known = [[id, ...parts], parts];
	return digest !== null && known.some((bound) => keys.verify(digest, 'temporary-password', ...bound));
}
