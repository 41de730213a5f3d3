import type { SharedTurnLimits, TurnLimits } from '../../domain/load.js';
import { BUSY_RETRY_AFTER } from '../../domain/load.js';
import { type Refusal, refuse } from '../../domain/refusal.js';

/** Ends a turn: the next in line has it. */
export type Leave = () => void;

/** Work done in turns: so much at once for each key and in all. Work that finds too long a line is refused at once. */
export class Turns {
	readonly #lines = new Map<string, Line>();
	readonly #all: Line;

	constructor(private readonly limits: SharedTurnLimits) {
		this.#all = new Line(limits.all);
	}

	/** Does the work when its turn has come. When it throws, the work that waits under its key is refused: see `clear`. */
	async take<T>(key: string, work: () => Promise<T>): Promise<T | Refusal> {
		const leave = await this.enter(key);
		if (typeof leave !== 'function') return leave;
		try {
			return await work();
		} catch (error) {
			this.clear(key);
			throw error;
		} finally {
			leave();
		}
	}

	/** Waits for a turn; the caller ends it, once. A full key is its caller's doing (429), a full process is not (503). */
	enter(key: string): Leave | Refusal | Promise<Leave | Refusal> {
		const line = this.#lineOf(key);
		if (line.isFull) return refuse('rate-limited', { retryAfter: BUSY_RETRY_AFTER });
		return line.isOpen && this.#all.isOpen ? this.#enterNow(key, line) : this.#wait(key, line);
	}

	/**
	 * Refuses all that waits under a key, because what has just failed was the database or worse: each would wait for the
	 * same failure, one after the other.
	 */
	clear(key: string): void {
		this.#lines.get(key)?.clear();
	}

	#enterNow(key: string, line: Line): Leave {
		void line.enter();
		void this.#all.enter();
		return () => {
			this.#all.leave();
			this.#leave(key, line);
		};
	}

	async #wait(key: string, line: Line): Promise<Leave | Refusal> {
		if (!(await line.enter())) return unavailable();
		if (this.#all.isFull) {
			this.#leave(key, line);
			return unavailable();
		}
		await this.#all.enter();
		return () => {
			this.#all.leave();
			this.#leave(key, line);
		};
	}

	#lineOf(key: string): Line {
		const line = this.#lines.get(key) ?? new Line(this.limits.each);
		this.#lines.set(key, line);
		return line;
	}

	#leave(key: string, line: Line): void {
		line.leave();
		if (line.isEmpty) this.#lines.delete(key);
	}

	/** How many keys have work under way. */
	get keys(): number {
		return this.#lines.size;
	}
}

function unavailable(): Refusal {
	return refuse('unavailable', { retryAfter: BUSY_RETRY_AFTER });
}

/** One line of waiting work, first come first served. */
class Line {
	#running = 0;
	#waiting: ((entered: boolean) => void)[] = [];

	constructor(private readonly limits: TurnLimits) {}

	get isOpen(): boolean {
		return this.#running < this.limits.atOnce;
	}

	get isFull(): boolean {
		return !this.isOpen && this.#waiting.length >= this.limits.waiting;
	}

	get isEmpty(): boolean {
		return this.#running === 0;
	}

	/** True when the turn has come, false when the line was cleared before. */
	enter(): Promise<boolean> | true {
		if (this.isOpen) {
			this.#running += 1;
			return true;
		}
		return new Promise((resolve) => this.#waiting.push(resolve));
	}

	/** A place that becomes free goes to the next in line at once, so that nothing comes between. */
	leave(): void {
		const next = this.#waiting.shift();
		if (next) next(true);
		else this.#running -= 1;
	}

	clear(): void {
		for (const refuseOne of this.#waiting.splice(0)) refuseOne(false);
	}
}
