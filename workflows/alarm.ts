import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { after, type Instant, msUntil } from '../domain/time.js';
import { now } from './now.js';

/**
 * How long after its moment an alarm rings, in milliseconds. The activity then judges by its worker's clock, which may
 * lag this much behind the server's before it answers "not yet".
 */
const RING_AFTER_MS = 200;
/** How long after a "not yet" it rings again. */
const RING_AGAIN_AFTER_MS = 1_000;

/** A timer for one moment, which may move. It rings once. For a past moment it rings immediately. */
export class Alarm {
	private ringing = false;
	private at: Instant | null = null;
	private timer: CancellationScope | null = null;

	/** `summary` is the timer's text in Temporal UI. */
	constructor(private readonly summary: string) {}

	/**
	 * Sets the alarm to a moment, or to none. A timer whose moment did not change runs on. An alarm that has rung rings
	 * again only if its moment was still ahead at `asOf`, when the facts were read.
	 */
	set(at: Instant | null, asOf: Instant): void {
		const isSame = at === this.at;
		if (isSame && (!at || this.timer || this.ringing || at <= asOf)) return;
		this.cancel();
		this.at = at;
		if (!at) return;
		const ms = msUntil(now(), after(at, RING_AFTER_MS));
		if (isSame) this.start(Math.max(ms, RING_AGAIN_AFTER_MS));
		else if (ms > 0) this.start(ms);
		else this.ringing = true;
	}

	get rings(): boolean {
		return this.ringing;
	}

	/** Resets the alarm. Returns whether it rang. */
	silence(): boolean {
		const rang = this.ringing;
		this.ringing = false;
		return rang;
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
		scope
			.run(() => sleep(ms, { summary: this.summary }))
			.then(
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
