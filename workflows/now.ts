import type { Instant } from '../domain/time.js';

/** The workflow's time, the same at every replay: when the server started the current workflow task. */
export function now(): Instant {
	return new Date().toISOString();
}
