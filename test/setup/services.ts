import { inject } from 'vitest';

/** What is on this machine, for `describe.skipIf(!parts.postgres)`. */
export const parts = inject('parts');

/** The run's Temporal server. The first call starts it. Use a task queue and workflow ids of your own. */
export async function temporalAddress(): Promise<string> {
	return (await askForService<{ address: string }>('/temporal')).address;
}

/** Asks the run's own broker (`test/setup/global.ts`) for a server or a copy of a template. */
export async function askForService<T>(path: string): Promise<T> {
	const response = await fetch(new URL(path, inject('servicesUrl')));
	const answer = (await response.json()) as T;
	if (!response.ok) throw new Error(`The test run has no ${path.slice(1)}: ${answer}`);
	return answer;
}
