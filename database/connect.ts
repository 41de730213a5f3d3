import { CamelCasePlugin, type Insertable, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Instant } from '../domain/time.js';
import type { Schema } from './schema.js';

/** The pool, or the transaction of an act: functions of an act take the latter, or one connection waits for itself. */
export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;
export type { Insertable };

/** An act gives up on the database below the 3 s within which the door must have answered 503. */
const WAIT_MS = 2_500;

const INT8 = 20;
const TIMESTAMPTZ = 1184;

export interface ConnectOptions {
	url: string;
	/** 1 for the embedded database: it mixes up the answers of connections that work side by side. */
	connections: number;
	/** Called when an idle connection breaks; without it the process would end. */
	onIdleError?: (error: Error) => void;
}

/** A pool that gives instants as ISO strings and 64-bit numbers as numbers. Connects lazily; `destroy()` ends it. */
export function connect({ url, connections, onIdleError }: ConnectOptions): Db {
	const pool = new pg.Pool({
		connectionString: url,
		max: connections,
		connectionTimeoutMillis: WAIT_MS,
		query_timeout: WAIT_MS,
		keepAlive: true,
		idleTimeoutMillis: 0,
		types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
	});
	pool.on('error', onIdleError ?? (() => {}));
	return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] });
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
