import type { Parts } from './find.mjs';

export interface Tally {
	passed: number;
	failed: number;
	/** Full names. */
	skipped: string[];
}

export function conclude(
	tally: Tally,
	run: { exitCode: number | null; ci: boolean; parts: Partial<Parts> },
): { lines: string[]; exitCode: number };
