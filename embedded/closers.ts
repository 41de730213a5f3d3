/** Everything to stop at the end, in order. */
export class Closers {
	readonly #stops: (() => Promise<unknown>)[] = [];

	/** Adds a part that stops before all earlier ones. */
	add(stop: () => Promise<unknown>): void {
		this.#stops.push(stop);
	}

	/** Adds a part that stops after all others. */
	addLast(stop: () => Promise<unknown>): void {
		this.#stops.unshift(stop);
	}

	/** Stops all parts, also after one failed to stop. */
	async close(): Promise<void> {
		for (const stop of this.#stops.splice(0).reverse()) await stop().catch(() => {});
	}
}
