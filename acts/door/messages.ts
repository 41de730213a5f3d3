import { randomUUID } from 'node:crypto';
import type { MessageRow } from '../../database/schema.js';
import type { KeyRing, Place } from '../../domain/credentials/keys.js';
import type { Channel, MessageParams, Template } from '../../domain/message.js';
import type { Instant } from '../../domain/time.js';

/** A message that an act queues. `sealMessages` seals its parameters. */
export interface NewMessage {
	id?: string;
	accountId: string;
	channel: Channel;
	template: Template;
	/** Null when only the sealed parameters hold the address. */
	recipient: string | null;
	params: MessageParams;
	giveUpAt: Instant;
	temporaryPasswordId?: string | null;
}

/** The place that binds sealed parameters to their message. */
export function placeOfMessage(message: { id: string; accountId: string }): Place {
	return { table: 'messages', rowId: message.id, accountId: message.accountId };
}

/**
 * The rows of queued messages, each with its parameters sealed for its own row. The recipient is sealed with them, so that
 * write access to the database is not enough to send a code or a temporary password to another address.
 */
export function sealMessages(keys: KeyRing, messages: readonly NewMessage[], now: Instant): MessageRow[] {
	return messages.map(({ params, ...message }) => {
		const id = message.id ?? randomUUID();
		const said = { ...params, ...(message.recipient !== null && { recipient: message.recipient }) };
		const sealed = keys.seal('message', placeOfMessage({ id, accountId: message.accountId }), JSON.stringify(said));
		const rest = { state: 'queued', reason: null, createdAt: now, changedAt: now, providerId: null } as const;
		return { temporaryPasswordId: null, ...message, id, params: sealed, ...rest };
	});
}
