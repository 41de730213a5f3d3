import { expect } from 'vitest';

/** Milliseconds after which something hangs. Long enough for a machine that is busy with other tests. */
const WITHIN_MS = 60_000;

/** Asserts what becomes true soon. */
export function eventually<T>(look: () => T, interval?: number) {
	return expect.poll(look, { timeout: WITHIN_MS, interval });
}
