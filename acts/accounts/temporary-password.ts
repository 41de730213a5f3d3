import { randomUUID } from 'node:crypto';
import type { AccountChanges } from '../../database/schema.js';
import { mintTemporaryPassword } from '../../domain/credentials/temporary-password.js';
import { after, type Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { NewMessage } from '../door/messages.js';

/** A new temporary password: what its account keeps of it, and the mail that carries it. */
export function issueTemporaryPassword(
	{ keys, policy }: Pick<Api, 'keys' | 'policy'>,
	{ accountId, email }: { accountId: string; email: string },
	now: Instant,
) {
	const temporaryPassword = mintTemporaryPassword();
	const temporaryPasswordId = randomUUID();
	const lifetimeMs = policy.temporaryPasswordLifetimeMs;
	const expiresAt = after(now, lifetimeMs);
	const changes = {
		temporaryPasswordId,
		temporaryPasswordDigest: keys.digest('temporary-password', accountId, temporaryPasswordId, temporaryPassword),
		temporaryPasswordLifetimeMs: lifetimeMs,
		temporaryPasswordExpiresAt: expiresAt,
		temporaryPasswordHandedOverAt: null,
		temporaryPasswordExpiredNotedAt: null,
	} satisfies AccountChanges;
	const message: NewMessage = {
		accountId,
		channel: 'email',
		template: 'temporary-password',
		recipient: email,
		params: { temporaryPassword, expiresAt },
		giveUpAt: expiresAt,
		temporaryPasswordId,
	};
	return { changes, message };
}
