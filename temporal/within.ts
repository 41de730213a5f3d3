import { setTimeout as sleep } from 'node:timers/promises';

/** The result of `answer` within `ms` milliseconds; `instead` when it is late or fails. */
export async function within<T>(ms: number, answer: Promise<T>, instead: T): Promise<T> {
	const inTime = new AbortController();
	const late = sleep(ms, instead, { signal: inTime.signal }).catch(() => instead);
	const first = await Promise.race([answer.catch(() => instead), late]);
	inTime.abort();
	return first;
}
