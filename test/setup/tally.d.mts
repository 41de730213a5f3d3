import type { Parts } from './find.mjs';

export interface Tally {
	passed: number;
	failed: number;
	/** Full names. */
	skipped: string[];
	/** How the tests that carry a clause's id ended, by id. */
	clauses: Record<string, { passed: number; failed: number }>;
}

export function conclude(
	tally: Tally,
	run: { exitCode: number | null; ci: boolean; parts: Partial<Parts> },
): { lines: string[]; exitCode: number };
