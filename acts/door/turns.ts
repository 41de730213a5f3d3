import type { SharedTurnLimits, TurnLimits } from '../../domain/policy.js';
import { BUSY_RETRY_AFTER } from '../../domain/policy.js';
import { type Refusal, refuse } from '../../domain/refusal.js';

/** Ends a turn: the next one who waits has theirs. */
export type Leave = () => void;

/** Work done in turns: so much at once for each key and in all. Who comes when too many wait is refused at once. */
export class Turns {
	readonly #lines = new Map<string, Line>();
	readonly #all: Line;

	constructor(private readonly limits: SharedTurnLimits) {
		this.#all = new Line(limits.all);
	}

	/** Does the work when its turn has come. */
	async take<T>(key: string, work: () => Promise<T>): Promise<T | Refusal> {
		const leave = await this.enter(key);
		if (typeof leave !== 'function') return leave;
		try {
			return await work();
		} finally {
			leave();
		}
	}

	/** Waits for a turn. Whoever gets one must end it, once. A full key is the caller's doing (429), a full process is not (503). */
	enter(key: string): Leave | Refusal | Promise<Leave | Refusal> {
		const line = this.#lineOf(key);
		if (line.isFull) return refuse('rate-limited', { retryAfter: BUSY_RETRY_AFTER });
		return line.isOpen && this.#all.isOpen ? this.#enterNow(key, line) : this.#wait(key, line);
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
		await line.enter();
		if (this.#all.isFull) {
			this.#leave(key, line);
			return refuse('unavailable', { retryAfter: BUSY_RETRY_AFTER });
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

/** One line of waiting work, first come first served. */
class Line {
	#running = 0;
	readonly #waiting: (() => void)[] = [];

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

	enter(): Promise<void> | undefined {
		if (this.isOpen) {
			this.#running += 1;
			return undefined;
		}
		return new Promise((resolve) => this.#waiting.push(resolve));
	}

	/** A place that becomes free goes to the next at once, so that nobody comes between. */
	leave(): void {
		const next = this.#waiting.shift();
		if (next) next();
		else this.#running -= 1;
	}
}
