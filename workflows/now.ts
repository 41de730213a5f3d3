import type { Instant } from '../domain/time.js';

/** The workflow's own time, the same at every replay: when the server started the task that is being worked on. */
export function now(): Instant {
	return new Date().toISOString();
}
