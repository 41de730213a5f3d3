import Tinypool from 'tinypool';
import type { Scorer } from '../../domain/credentials/password.js';

const THREAD = new URL('./scorer-thread.mjs', import.meta.url);
/** Milliseconds. The thread and the 30 MB of its lists go when no password came for so long. */
const IDLE_MS = 60_000;

/**
 * Estimates passwords in a thread of its own, one at a time: the costliest takes 180 ms, for which the event loop would
 * answer no other request. The thread starts with the first password, and does not keep the process from ending.
 */
export function createScorer(): Scorer {
	const runtime = 'worker_threads';
	const pool = new Tinypool({ filename: THREAD.href, runtime, minThreads: 0, maxThreads: 1, idleTimeout: IDLE_MS });
	return (text, words) => pool.run({ text, words });
}
