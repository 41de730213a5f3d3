/** Milliseconds by what took them. */
export class Timings {
	readonly #samples = new Map<string, number[]>();

	add(name: string, ms: number): void {
		const samples = this.#samples.get(name) ?? [];
		samples.push(ms);
		this.#samples.set(name, samples);
	}

	/** One row a name, in the order first met: p50, p99, and how many. */
	rows(): { name: string; p50: number; p99: number; count: number }[] {
		return [...this.#samples].map(([name, samples]) => {
			const sorted = samples.toSorted((a, b) => a - b);
			return { name, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), count: sorted.length };
		});
	}
}

function quantile(sorted: readonly number[], q: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
