import type { EventName, OVERDUE_SIGNAL } from './event.js';
import type { Instant } from './time.js';

/** The signal of an act to the account's workflow, sent after the commit. */
export interface Happened {
	accountId: string;
	name: EventName | typeof OVERDUE_SIGNAL;
	/** The audit event's id; absent when the sweep signals. */
	eventId?: string;
	/**
	 * `registered`: when the temporary password expires. A run that starts with it shows its step before it reads the
	 * facts.
	 */
	expiresAt?: Instant;
}

/** Tells workflows that something happened. */
export interface Signals {
	/** Sends soon, in the given order for each account. Never fails: the sweep makes up for a lost signal. */
	tell(happened: Happened): void;
	/** Sends now. @throws when Temporal did not take it */
	send(happened: Happened): Promise<void>;
	/** Starts the batch's workflow unless it runs. @throws when Temporal did not take it */
	startBatch(batchId: string): Promise<void>;
	/** Resolves when every signal given so far was sent or lost. */
	settled(): Promise<void>;
}
