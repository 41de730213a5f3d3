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
 * What the workflow asks of the world. Each may run twice: all are guarded by the rows they touch. They throw what is
 * worth another attempt, with a fixed text, and return what is final.
 */
export interface Activities {
	/** Reads the account's facts and moves the moment by which the sweep would look. */
	loadFacts(input: AboutAccount): Promise<Facts>;
	/** Notes that the temporary password expired. The facts say so if it has not yet. */
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

/** What the workflow of a batch asks of the world; guarded and repeatable as `Activities` are. */
export interface BatchActivities {
	/** Registers the people of the next rows that wait. A row that a killed attempt registered is not done again. */
	registerRows(input: NextRows): Promise<RegisteredRows>;
}
