import type { ProcessIdentity } from './process-identity.mjs';

export interface Holder extends ProcessIdentity {
	/** ISO 8601 */
	since: string;
	released?: boolean;
	/** Of its API, once it is known. */
	address?: string;
}

export interface Lock {
	/** Adds what a second start should be told. */
	describe(facts: { address: string }): void;
	release(): void;
}

/** The folder is held by a process that runs. */
export class LockHeldError extends Error {
	readonly holder: Holder;
}

/**
 * Takes the lock of a data folder, making the folder (0700) where it is missing.
 * @throws {LockHeldError} when a process that runs holds it
 */
export function takeLock(folder: string): Lock;
