import { Kysely, type PostgresPool, type PostgresPoolClient, type Transaction } from 'kysely';
import pg from 'pg';
import type { Instant } from '../domain/time.js';
import { names, SnakeCaseDialect } from './names.js';
import type { Schema } from './schema.js';

/** The pool, or the transaction of an act: functions of an act take the latter, or one connection waits for itself. */
export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;

/** Milliseconds. Waiting for a connection and using it together stay below the 3 s in which the door answers 503. */
const WAIT_MS = 2_000;
const LIMIT_MS = 2_500;
/** The least time left for the use. A long wait means that the pool is busy, not that the database is down. */
const USE_MIN_MS = 500;

const KEPT_STATEMENTS_MAX = 400;
const INT8 = 20;
const TIMESTAMPTZ = 1184;

export interface ConnectOptions {
	url: string;
	/** 1 for the embedded database: it mixes up the answers of connections that work side by side. */
	connections: number;
	/** Called when an idle connection breaks; without it the process would end. */
	onIdleError?: (error: Error) => void;
	/** For migrations: a borrowed connection has no time limit. */
	unhurried?: boolean;
	/**
	 * The database parses and plans each statement once a connection. Only where no other process changes its schema
	 * meanwhile and no pooler stands between: both make a kept statement fail.
	 */
	keepStatements?: boolean;
}

/**
 * A pool that gives instants as ISO strings and 64-bit numbers as numbers. Connects lazily; `destroy()` ends it.
 * A transaction, or a statement by itself, that the database does not answer in time fails, and its connection is closed.
 */
export function connect(options: ConnectOptions): Db {
	const { url, connections, onIdleError, unhurried = false, keepStatements = false } = options;
	const pool = new pg.Pool({
		connectionString: url,
		max: connections,
		connectionTimeoutMillis: WAIT_MS,
		keepAlive: true,
		idleTimeoutMillis: 0,
		types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
	});
	pool.on('error', onIdleError ?? (() => {}));
	const name = keepStatements ? statementNames() : () => undefined;
	const dialect = new SnakeCaseDialect({ pool: lending(pool, unhurried ? null : LIMIT_MS, name) });
	return new Kysely<Schema>({ dialect, plugins: [names] });
}

/**
 * Lends the pool's connections for so many milliseconds, the wait for one included. Then the connection is closed,
 * which fails what waits on it and rolls back its transaction: a connection with an answer under way must not be lent
 * again.
 */
function lending(pool: pg.Pool, limitMs: number | null, nameOf: (text: string) => string | undefined): PostgresPool {
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
			const query = (text: string, values: unknown[]) =>
				client.query(values.length > 0 ? { name: nameOf(text), text, values } : text);
			return { query: query as unknown as PostgresPoolClient['query'], release: () => takeBack(false) };
		},
		end: () => pool.end(),
	};
}

/** Names for statements by their texts: as many as the product has, with room; lists of changing length have no end. */
function statementNames(): (text: string) => string | undefined {
	const names = new Map<string, string>();
	return (text) => {
		const known = names.get(text);
		if (known || names.size >= KEPT_STATEMENTS_MAX) return known;
		const name = `s${names.size}`;
		names.set(text, name);
		return name;
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
