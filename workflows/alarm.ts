import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { after, type Instant, msUntil } from '../domain/time.js';
import { now } from './now.js';

/**
 * How long after its moment an alarm rings, in milliseconds. Whoever is asked then judges by a clock of its own, which
 * may lag this much behind the server's before it has to answer "not yet".
 */
export const RING_AFTER_MS = 200;

/** A timer for one moment, which may move. Rings once for each moment, and at once for one that has passed. */
export class Alarm {
	private ringing = false;
	private at: Instant | null = null;
	private timer: CancellationScope | null = null;

	/** `summary` is what Temporal UI says of the timer. */
	constructor(private readonly summary: string) {}

	/** Sets the alarm to a moment, or to none. A timer whose moment did not change runs on. */
	set(at: Instant | null): void {
		if (at === this.at) return;
		this.cancel();
		this.at = at;
		if (!at) return;
		const ringAt = after(at, RING_AFTER_MS);
		if (ringAt <= now()) this.ringing = true;
		else this.start(msUntil(now(), ringAt));
	}

	get rings(): boolean {
		return this.ringing;
	}

	/** Ends the ringing and says whether there was any. */
	silence(): boolean {
		const rang = this.ringing;
		this.ringing = false;
		return rang;
	}

	/** Lets a moment that has passed ring again at the next `set`. */
	rearm(): void {
		if (!this.timer && !this.ringing) this.at = null;
	}

	cancel(): void {
		this.timer?.cancel();
		this.timer = null;
		this.ringing = false;
		this.at = null;
	}

	private start(ms: number): void {
		const scope = new CancellationScope();
		this.timer = scope;
		scope.run(() => sleep(ms, { summary: this.summary })).then(
			() => {
				if (this.timer !== scope) return;
				this.timer = null;
				this.ringing = true;
			},
			(error: unknown) => {
				if (!isCancellation(error)) throw error;
			},
		);
	}
}
