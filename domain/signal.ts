import type { EventName, OVERDUE_SIGNAL } from './event.js';
import type { Instant } from './time.js';

/** What an act tells the account's workflow after its commit. */
export interface Happened {
	accountId: string;
	name: EventName | typeof OVERDUE_SIGNAL;
	/** The audit event's id; none when the sweep only found something owed. */
	eventId?: string;
	/** `registered`: when the temporary password expires. A run that starts with it shows its step before it looks. */
	expiresAt?: Instant;
}

/** Tells workflows that something happened. */
export interface Signals {
	/** Sends soon, in the order given for each account, and never fails: what gets lost, the sweep finds. */
	tell(happened: Happened): void;
	/** Sends now. @throws when Temporal did not take it */
	send(happened: Happened): Promise<void>;
	/** Sees to it that the batch's workflow runs. @throws when Temporal did not take it */
	startBatch(batchId: string): Promise<void>;
	/** Resolves when everything told so far was sent or lost. */
	settled(): Promise<void>;
}
