/** Identifies a repeat of a request: the client's key, and the request under that key. */
export interface Idempotency {
	key: string;
	/** Method, path and canonical body of the request; only its HMAC is stored. */
	request: string;
}

/** What the transport knows of a caller. */
interface Call {
	idempotency?: Idempotency | undefined;
	/** The network of the request, for limits and the audit: an IPv4 address or an IPv6 /64. */
	source: string;
}

/** A user, by the session token that came with the request. */
export interface UserCall extends Call {
	token: string | undefined;
	/** The page reloads itself. The reload does not count as use, so the session's idle time goes on. */
	automatic?: boolean | undefined;
}

/** An agent whose API key or session was already recognized. */
export interface AgentCall extends Call {
	agent: string;
}

/** The user, agent, delivery or workflow that acts. */
export interface Actor {
	/** The actor's name in the audit. */
	name: string;
	/** The network of the request; null when time acts. */
	source: string | null;
	/** The account or the agent that owns the `Idempotency-Key`. */
	scope: string;
	idempotency?: Idempotency | undefined;
}
