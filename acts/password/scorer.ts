import Tinypool from 'tinypool';
import type { Scorer } from '../../domain/credentials/password.js';

const THREAD = new URL('./scorer-thread.mjs', import.meta.url);
/** Milliseconds without a password, after which the thread ends and frees the 30 MB of its lists. */
const IDLE_MS = 60_000;

/**
 * Scores passwords in a thread of its own, one at a time: the costliest takes 180 ms and would block the event loop. The
 * thread starts with the first password, and does not keep the process alive.
 */
export function createScorer(): Scorer {
	const runtime = 'worker_threads';
	const pool = new Tinypool({ filename: THREAD.href, runtime, minThreads: 0, maxThreads: 1, idleTimeout: IDLE_MS });
	return (text, words) => pool.run({ text, words });
}
