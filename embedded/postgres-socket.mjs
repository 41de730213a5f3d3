import { createServer } from 'node:net';

/*
 * PostgreSQL's wire protocol in front of PGlite. PGlite answers raw protocol messages but is one single backend, so
 * connections take turns: a connection that began a transaction or a statement keeps the turn until both are done.
 * Message formats: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const TERMINATE = 0x58;
/** ReadyForQuery outside a transaction: the only moment at which nothing of a session is half done. */
const READY_AND_IDLE = Buffer.from('Z\0\0\0\x05I', 'latin1');
/** The severity field of an ErrorResponse after which the backend is lost. */
const LOST = ['VPANIC\0', 'VFATAL\0'];

/** @typedef {import('@electric-sql/pglite').PGlite} PGlite */

/**
 * A server for a unix socket, not yet listening. Session state (SET, named prepared statements) is one for all its
 * connections, and each new one begins with none.
 * @param {PGlite} db
 * @param {(error: unknown) => void} onBroken the database itself failed and answers no more
 */
export function servePostgres(db, onBroken) {
	const turns = new Turns();
	const server = createServer((socket) => new Connection(socket, db, turns, onBroken));
	return {
		server,
		/** Does something between two statements of the connections, never in the middle of one. */
		async between(/** @type {() => Promise<unknown>} */ work) {
			await turns.take();
			try {
				await work();
			} finally {
				turns.give();
			}
		},
	};
}

/** A line of those who wait; the first has the turn. */
class Turns {
	/** @type {(() => void)[]} */
	#waiting = [];
	#taken = false;

	/** @returns {Promise<void>} */
	async take() {
		if (this.#taken) await new Promise((/** @type {(value: void) => void} */ go) => this.#waiting.push(go));
		this.#taken = true;
	}

	give() {
		const next = this.#waiting.shift();
		if (next) next();
		else this.#taken = false;
	}
}

class Connection {
	#received = Buffer.alloc(0);
	/** @type {Buffer[]} */
	#messages = [];
	#started = false;
	#working = false;
	#hasTurn = false;
	#closed = false;

	/**
	 * @param {import('node:net').Socket} socket
	 * @param {PGlite} db
	 * @param {Turns} turns
	 * @param {(error: unknown) => void} onBroken
	 */
	constructor(socket, db, turns, onBroken) {
		this.socket = socket;
		this.db = db;
		this.turns = turns;
		this.onBroken = onBroken;
		socket.on('data', (chunk) => {
			this.#split(chunk);
			this.#work().catch(onBroken);
		});
		socket.on('error', () => socket.destroy());
		socket.on('close', () => {
			this.#closed = true;
			this.#work().catch(onBroken);
		});
	}

	/** Cuts what arrived into whole messages; answers the two requests that come before any session. */
	#split(/** @type {Buffer} */ chunk) {
		let rest = this.#received.length ? Buffer.concat([this.#received, chunk]) : chunk;
		for (;;) {
			// Before the start-up message there is no type byte, only length and code.
			const typeBytes = this.#started ? 1 : 0;
			if (rest.length < typeBytes + 4) break;
			const length = typeBytes + rest.readInt32BE(typeBytes);
			if (length < typeBytes + 4) return this.#refuse();
			if (rest.length < length || (!this.#started && length < 8)) break;
			const message = rest.subarray(0, length);
			rest = rest.subarray(length);
			if (this.#started) {
				if (message[0] === TERMINATE) this.socket.end();
				else this.#messages.push(message);
				continue;
			}
			const code = message.readInt32BE(4);
			if (code === SSL_REQUEST || code === GSS_REQUEST) this.socket.write('N');
			else if (code === CANCEL_REQUEST) return this.#refuse();
			else {
				this.#started = true;
				this.#messages.push(message);
			}
		}
		this.#received = rest;
	}

	#refuse() {
		this.#received = Buffer.alloc(0);
		this.socket.destroy();
	}

	async #work() {
		if (this.#working) return;
		this.#working = true;
		while (this.#messages.length > 0 && !this.#closed) {
			// The database takes many messages at once, but the start-up message only by itself.
			const batch = this.#messages.splice(0, this.#messages[0]?.[0] === 0 ? 1 : this.#messages.length);
			await this.#takeTurn();
			if (this.#closed) break;
			// What the session before it kept would answer in its place.
			if (batch[0]?.[0] === 0) await this.db.exec('DISCARD ALL');
			if (await this.#run(batch.length === 1 ? /** @type {Buffer} */ (batch[0]) : Buffer.concat(batch)))
				this.#giveTurn();
		}
		if (this.#closed && this.#hasTurn) {
			if (this.db.isInTransaction()) await this.db.exec('ROLLBACK');
			this.#giveTurn();
		}
		this.#working = false;
	}

	/**
	 * @param {Buffer} messages
	 * @returns {Promise<boolean>} whether the session is idle after them
	 */
	async #run(messages) {
		let last = Buffer.alloc(0);
		await this.db.execProtocolRawStream(messages, {
			onRawData: (data) => {
				// A copy: the memory is the database's, and it goes on writing there.
				const answer = Buffer.from(data);
				if (this.socket.writable) this.socket.write(answer);
				last = answer.length < READY_AND_IDLE.length ? Buffer.concat([last, answer]) : answer;
			},
		});
		if (last.subarray(-READY_AND_IDLE.length).equals(READY_AND_IDLE)) return true;
		if (last[0] === 0x45 && LOST.some((severity) => last.includes(severity))) {
			throw new Error('The embedded database broke down.');
		}
		return false;
	}

	async #takeTurn() {
		if (this.#hasTurn) return;
		await this.turns.take();
		this.#hasTurn = true;
	}

	#giveTurn() {
		this.#hasTurn = false;
		this.turns.give();
	}
}
