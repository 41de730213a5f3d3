/** What makes a repeat of a request recognizable: its key and an HMAC of method, path and body. */
export interface Idempotency {
	key: string;
	/** Method, path and canonical body of the request; only its HMAC is stored. */
	request: string;
}

/** Who asks, as far as the transport can tell. */
interface Call {
	idempotency?: Idempotency | undefined;
	/** The network the request came from, for limits and the audit: an IPv4 address or an IPv6 /64. */
	source: string;
}

/** A user, by the session token that came with the request. */
export interface UserCall extends Call {
	token: string | undefined;
	/** A page asks again by itself: nobody uses the session, which goes on towards its idle end. */
	automatic?: boolean | undefined;
}

/** An agent whose API key or session was already recognized. */
export interface AgentCall extends Call {
	agent: string;
}
