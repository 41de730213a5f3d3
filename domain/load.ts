/** How many turns of one key run at once, and how many wait in order. Further ones are refused at once. */
export interface TurnLimits {
	atOnce: number;
	waiting: number;
}

/** Turns of each key, such as a network, and of all keys together in one process. */
export interface SharedTurnLimits {
	each: TurnLimits;
	all: TurnLimits;
}

/** What one process takes on at once. Two cores are the measure: `npm run flood` shows what a stranger waits beside it. */
export interface LoadLimits {
	/** Requests of one network, from their first byte to their answer. */
	requests: SharedTurnLimits;
	/** Requests of one network that ask the database. */
	acts: SharedTurnLimits;
	/** Acts that one session token asks for. */
	sessions: SharedTurnLimits;
	/** Changes of the password of one account. */
	passwordChanges: SharedTurnLimits;
	/** Passwords of one network that are hashed or verified. */
	hashes: SharedTurnLimits;
	/** Passwords of one network that are scored. */
	scores: SharedTurnLimits;
}

/** No limit. */
export const UNLIMITED: TurnLimits = { atOnce: Number.POSITIVE_INFINITY, waiting: 0 };

/** OWASP ASVS 5.0 15.1.3, 15.2.2: what costs much is identified, and cannot take the service away from others. */
export const LOAD: LoadLimits = {
	// A busy office has a dozen. Reading the costliest body takes 2 ms, so a burst of these takes 100 ms of event loop.
	requests: { each: { atOnce: 50, waiting: 0 }, all: UNLIMITED },
	// In the embedded mode each statement of a stranger waits for one statement or transaction of each: 5 ms is a long one.
	acts: { each: { atOnce: 8, waiting: 42 }, all: { atOnce: 32, waiting: 64 } },
	// The acts of one account wait for its row anyway: here they hold no connection meanwhile. A browser sends six.
	sessions: { each: { atOnce: 1, waiting: 8 }, all: UNLIMITED },
	passwordChanges: { each: { atOnce: 1, waiting: 2 }, all: UNLIMITED },
	// 20 ms of a core each. Four is what Node's pool of threads does; two networks alone never fill the queue.
	hashes: { each: { atOnce: 2, waiting: 8 }, all: { atOnce: 4, waiting: 32 } },
	// Up to 180 ms of the one thread each.
	scores: { each: { atOnce: 1, waiting: 8 }, all: { atOnce: 1, waiting: 16 } },
};
/** Seconds. `Retry-After` of a request that was refused for lack of room. */
export const BUSY_RETRY_AFTER = 2;
