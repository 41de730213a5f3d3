/**
 * A bound on milliseconds that holds on a busy machine too: `ms`, or so many `times` what a small piece of the same kind of
 * work took in the same minutes. A limit by the clock alone would measure the machine's load.
 */
export function boundOf({ ms, times, small }: { ms: number; times: number; small: readonly number[] }): number {
	return Math.max(ms, times * medianOf(small));
}

export function medianOf(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** How long the work took, in milliseconds, and what came of it. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
	const startedAt = performance.now();
	const result = await work();
	return { ms: performance.now() - startedAt, result };
}
