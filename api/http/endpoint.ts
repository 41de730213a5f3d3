import type { z } from 'zod';
import type { Api } from '../../acts/context.js';
import type { AgentCall, UserCall } from '../../acts/door/caller.js';
import type { Refusal, RefusalCode } from '../../domain/refusal.js';

/** Who may use an endpoint, in the words of the documentation. All but the first three name an assurance. */
export const WHO = {
	anyone: 'Anyone.',
	agent: 'An agent, by API key or by an own two-factor session.',
	user: 'A user, in any session.',
	'temporary-password': 'A user who signed in with the live temporary password.',
	'authenticator-unconfirmed': 'A user who signed in with the password and has not confirmed the authenticator yet.',
	'authenticator-confirmed': 'A user who signed in with the password and has yet to prove the second factor.',
	'two-factor': 'A user with a second factor proved in this session.',
} as const;
export type Who = keyof typeof WHO;

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One path and method of the API: its input, who may use it, its act, its answer. */
export interface Endpoint {
	id: string;
	method: Method;
	/** As OpenAPI writes it: `/v1/accounts/{accountId}`. */
	path: string;
	who: Who;
	summary: string;
	params?: z.ZodObject | undefined;
	query?: z.ZodObject | undefined;
	body?: z.ZodType | undefined;
	answer: { status: number; schema: z.ZodType | null; location?: (answer: never) => string };
	/** Of the act itself; `refusalsOf` adds those of the door. */
	refusals: readonly RefusalCode[];
	/** False for the sign-in: its answer is a secret, which is never stored, so a repeat signs in again. */
	ignoresIdempotencyKey?: boolean | undefined;
	act(api: Api, call: AgentCall & UserCall, input: never): Promise<unknown>;
}

type CallOf<W extends Who> = W extends 'agent' ? AgentCall : UserCall;
type OutputOf<S> = S extends z.ZodType ? NonNullable<z.output<S>> : unknown;
type Optional<S> = S | undefined;

/** Declares an endpoint. The types hold its act to the schemas of its input and its answer. */
export function endpoint<
	W extends Who,
	T,
	P extends Optional<z.ZodObject> = undefined,
	Q extends Optional<z.ZodObject> = undefined,
	B extends Optional<z.ZodType> = undefined,
>(
	definition: Omit<Endpoint, 'who' | 'params' | 'query' | 'body' | 'answer' | 'act'> & {
		who: W;
		params?: P;
		query?: Q;
		body?: B;
		answer: { status: number; schema: z.ZodType<T> | null; location?: (answer: T) => string };
		act(api: Api, call: CallOf<W>, input: OutputOf<P> & OutputOf<Q> & OutputOf<B>): Promise<T | Refusal>;
	},
): Endpoint {
	return definition as Endpoint;
}

/** Whether a repeat of the request is recognized by its `Idempotency-Key`. */
export function takesIdempotencyKey({ method, ignoresIdempotencyKey }: Endpoint): boolean {
	return method !== 'get' && !ignoresIdempotencyKey;
}

/** Whether the endpoint answers in pages, and so may refuse an unknown cursor. */
export function takesCursor({ query }: Endpoint): boolean {
	return query !== undefined && Object.hasOwn(query.shape, 'cursor');
}

/** Every refusal an endpoint may answer with, each once. */
export function refusalsOf(endpoint: Endpoint): RefusalCode[] {
	const { who, body, refusals } = endpoint;
	const credentials: RefusalCode[] = who === 'anyone' ? [] : ['not-signed-in'];
	const assurance: RefusalCode[] = who === 'anyone' || who === 'user' ? [] : ['not-permitted'];
	const bodies: RefusalCode[] = body ? ['payload-too-large', 'unsupported-media-type'] : [];
	return [
		...new Set<RefusalCode>([
			'invalid-request',
			...credentials,
			...assurance,
			...bodies,
			...refusals,
			'rate-limited',
			'unavailable',
		]),
	];
}
