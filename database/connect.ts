import { CamelCasePlugin, type Insertable, Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely';
import pg from 'pg';
import type { Instant } from '../domain/time.js';
import type { Schema } from './schema.js';

/** The pool, or the transaction of an act: functions of an act take the latter, or one connection waits for itself. */
export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;
export type { Insertable };

/** Milliseconds. Waiting for a connection and using it together stay below the 3 s in which the door answers 503. */
const WAIT_MS = 2_000;
const LIMIT_MS = 2_500;
/** What is left at least for the use: whoever waited long, waited because there is much to do, not because nobody answers. */
const USE_MIN_MS = 500;

const INT8 = 20;
const TIMESTAMPTZ = 1184;

export interface ConnectOptions {
	url: string;
	/** 1 for the embedded database: it mixes up the answers of connections that work side by side. */
	connections: number;
	/** Called when an idle connection breaks; without it the process would end. */
	onIdleError?: (error: Error) => void;
	/** For migrations: whoever has a connection may use it as long as it takes. */
	unhurried?: boolean;
}

/**
 * A pool that gives instants as ISO strings and 64-bit numbers as numbers. Connects lazily; `destroy()` ends it.
 * A transaction, or a statement by itself, that the database does not answer in time fails, and its connection is closed.
 */
export function connect({ url, connections, onIdleError, unhurried = false }: ConnectOptions): Db {
	const pool = new pg.Pool({
		connectionString: url,
		max: connections,
		connectionTimeoutMillis: WAIT_MS,
		keepAlive: true,
		idleTimeoutMillis: 0,
		types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
	});
	pool.on('error', onIdleError ?? (() => {}));
	const dialect = new PostgresDialect({ pool: lending(pool, unhurried ? null : LIMIT_MS) });
	return new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] });
}

/**
 * Lends the pool's connections for so many milliseconds, the wait for one included. Then the connection is closed, which
 * fails what waits on it and rolls back its transaction: one that still has an answer coming must never be lent again.
 */
function lending(pool: pg.Pool, limitMs: number | null): PostgresPool {
	return {
		async connect() {
			const askedAt = performance.now();
			const client = await pool.connect();
			// A connection that breaks fails its statement. Without a listener it would end the process as well.
			const ignore = () => {};
			client.on('error', ignore);
			let lent = true;
			const takeBack = (close: boolean) => {
				if (!lent) return;
				lent = false;
				clearTimeout(late);
				client.release(close);
				client.off('error', ignore);
			};
			const left = limitMs === null ? null : Math.max(USE_MIN_MS, limitMs - (performance.now() - askedAt));
			const late = left === null ? undefined : setTimeout(() => takeBack(true), left);
			return { query: client.query.bind(client) as typeof client.query, release: () => takeBack(false) };
		},
		end: () => pool.end(),
	};
}

function parserOf(type: number, format?: 'text' | 'binary') {
	if (type === TIMESTAMPTZ) return toInstant;
	if (type === INT8) return Number;
	return pg.types.getTypeParser(type, format as 'text');
}

/** PostgreSQL's spelling of a moment, also the one inside JSON, as an instant. */
export function toInstant(text: string): Instant {
	return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
}
