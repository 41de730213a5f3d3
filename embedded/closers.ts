/** What has to be stopped in the end. */
export class Closers {
	readonly #stops: (() => Promise<unknown>)[] = [];

	/** Stopped before everything that was added so far. */
	add(stop: () => Promise<unknown>): void {
		this.#stops.push(stop);
	}

	/** Stopped after everything else. */
	addLast(stop: () => Promise<unknown>): void {
		this.#stops.unshift(stop);
	}

	/** One that fails to stop keeps none of the others from it. */
	async close(): Promise<void> {
		for (const stop of this.#stops.splice(0).reverse()) await stop().catch(() => {});
	}
}
