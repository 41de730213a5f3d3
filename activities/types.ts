import type { Facts } from '../domain/facts.js';
import type { MessageReason, MessageState } from '../domain/message.js';

export interface AboutAccount {
	accountId: string;
}

export interface AboutMessage {
	messageId: string;
}

/** How a message's row ended. */
export interface DeliveryResult {
	state: MessageState;
	reason?: MessageReason | null;
}

/**
 * The activities of the onboarding workflow. Each may run twice: guarded statements make a repeat harmless. They throw
 * errors that are worth a retry, with a fixed text, and return final outcomes.
 */
export interface Activities {
	/** Reads the account's facts and moves `wakeBy`. */
	loadFacts(input: AboutAccount): Promise<Facts>;
	/** Records that the temporary password expired, if it has. Returns the facts. */
	expireTemporaryPassword(input: AboutAccount): Promise<Facts>;
	/** Queues the mail that reminds of the phone, if one is due. */
	remindOfPhone(input: AboutAccount): Promise<Facts>;
	/** Ends the messages whose `giveUpAt` has passed. */
	giveUpMessages(input: AboutAccount): Promise<Facts>;
	/** Delivers one e-mail's row; returns when the row has ended. Runs on the task queue for e-mail. */
	deliverEmail(input: AboutMessage): Promise<DeliveryResult>;
	/** Delivers one SMS's row; returns when the row has ended. Runs on the task queue for SMS. */
	deliverSms(input: AboutMessage): Promise<DeliveryResult>;
}

/** The next rows of a batch, at most so many. */
export interface NextRows {
	batchId: string;
	limit: number;
}

export interface RegisteredRows {
	/** The accounts that were registered, whose workflows are to be started. */
	accountIds: string[];
	/** Rows that still wait. */
	waiting: number;
	/** Rows that were not registered because the batch was stopped; missing when it was not. */
	stopped?: number;
	rowCount: number;
	rowsPerSecond: number;
}

/** The activities of the batch workflow, guarded and repeatable as `Activities`. */
export interface BatchActivities {
	/** Registers the people of the next waiting rows. A repeat skips rows that a killed attempt registered. */
	registerRows(input: NextRows): Promise<RegisteredRows>;
}
