import { randomUUID } from 'node:crypto';
import type { KeyRing } from '../domain/credentials/keys.js';
import { mintTemporaryPassword } from '../domain/credentials/temporary-password.js';
import { normalizeEmail } from '../domain/email.js';
import type { Policy } from '../domain/policy.js';
import { after, type Instant } from '../domain/time.js';
import { insertAccount } from './accounts.js';
import type { Tx } from './connect.js';
import { insertEvents } from './events.js';
import { insertMessages, type NewMessage } from './messages.js';
import type { AccountChanges, AccountRow, Role } from './schema.js';

/** What minting takes. */
export interface Mint {
	keys: KeyRing;
	policy: Pick<Policy, 'temporaryPasswordLifetimeMs'>;
}

export interface NewPerson {
	email: string;
	name?: string | null | undefined;
	/** A BCP 47 tag; English when none is given. */
	locale?: string | undefined;
	role?: Role | undefined;
}

/** Who registers somebody, and why, as the audit tells it. */
export interface Registrar {
	name: string;
	source: string;
	reason?: string | null | undefined;
}

/**
 * Adds an account with its first temporary password, the mail that carries it and the audit event, all in the caller's
 * transaction. Null, and nothing written, when the e-mail is taken.
 */
export async function registerPerson(
	tx: Tx,
	mint: Mint,
	{ email, name = null, locale = 'en', role = 'user' }: NewPerson,
	{ name: actor, source, reason = null }: Registrar,
	now: Instant,
): Promise<{ account: AccountRow; eventId: string } | null> {
	const id = randomUUID();
	const address = normalizeEmail(email);
	const { facts, message } = issueTemporaryPassword(mint, { id, email: address }, now);
	const person = { id, email: address, name, locale, role, createdAt: now, createdBy: actor };
	const account = await insertAccount(tx, { ...person, ...facts });
	if (!account) return null;
	await insertMessages(tx, mint.keys, [message], now);
	const event = { accountId: id, name: 'registered', actor, at: now, reason, source } as const;
	const [eventId = ''] = await insertEvents(tx, [event]);
	return { account, eventId };
}

/** A new temporary password: what the account keeps of it, and the mail that carries it. */
export function issueTemporaryPassword(
	{ keys, policy }: Mint,
	{ id, email }: { id: string; email: string },
	now: Instant,
) {
	const temporaryPassword = mintTemporaryPassword();
	const temporaryPasswordId = randomUUID();
	const lifetimeMs = policy.temporaryPasswordLifetimeMs;
	const expiresAt = after(now, lifetimeMs);
	const facts = {
		temporaryPasswordId,
		temporaryPasswordDigest: keys.digest('temporary-password', id, temporaryPasswordId, temporaryPassword),
		temporaryPasswordLifetimeMs: lifetimeMs,
		temporaryPasswordExpiresAt: expiresAt,
		temporaryPasswordHandedOverAt: null,
	} satisfies AccountChanges;
	const message: NewMessage = {
		accountId: id,
		channel: 'email',
		template: 'temporary-password',
		recipient: email,
		params: { temporaryPassword, expiresAt },
		giveUpAt: expiresAt,
		temporaryPasswordId,
	};
	return { facts, message };
}
