import type { AccountRow } from '../../database/schema.js';
import { normalizeTemporaryPassword } from '../../domain/credentials/temporary-password.js';
import type { Api } from '../context.js';

/** Whether this is the account's temporary password, as typed; says nothing of its expiry. */
export function isTemporaryPassword({ keys }: Pick<Api, 'keys'>, account: AccountRow, typed: string): boolean {
	const { id, temporaryPasswordDigest: digest, temporaryPasswordId } = account;
	const parts = [temporaryPasswordId, normalizeTemporaryPassword(typed)];
	// Digests of the version before name no account. The last of them expires a day after the update.
	const known = [[id, ...parts], parts];
	return digest !== null && known.some((bound) => keys.verify(digest, 'temporary-password', ...bound));
}
