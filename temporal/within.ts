import { setTimeout as sleep } from 'node:timers/promises';

/** What `answer` brings within `ms` milliseconds, else, and when it fails, what to say instead. */
export async function within<T>(ms: number, answer: Promise<T>, instead: T): Promise<T> {
	const inTime = new AbortController();
	const late = sleep(ms, instead, { signal: inTime.signal }).catch(() => instead);
	const first = await Promise.race([answer.catch(() => instead), late]);
	inTime.abort();
	return first;
}
