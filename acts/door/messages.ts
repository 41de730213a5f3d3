import { randomUUID } from 'node:crypto';
import type { MessageRow } from '../../database/schema.js';
import type { KeyRing, Place } from '../../domain/credentials/keys.js';
import type { Channel, MessageParams, Template } from '../../domain/message.js';
import type { Instant } from '../../domain/time.js';

/** A message that an act owes. Its parameters are sealed on the way into the row. */
export interface NewMessage {
	id?: string;
	accountId: string;
	channel: Channel;
	template: Template;
	/** Null when it stands in the sealed parameters alone. */
	recipient: string | null;
	params: MessageParams;
	giveUpAt: Instant;
	temporaryPasswordId?: string | null;
}

/** Where the parameters of a message are sealed. */
export function placeOfMessage(message: { id: string; accountId: string }): Place {
	return { table: 'messages', rowId: message.id, accountId: message.accountId };
}

/**
 * The rows of messages: queued, and each sealed for its own row. The recipient is sealed with the parameters, so that a
 * writer of the database sends no code and no temporary password to another address.
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
