import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, thisProcess } from './process-identity.mjs';

/*
 * Two owners of one database folder destroy it, so a folder has one holder. The lock is a file `lock.<n>` with the
 * holder's identity. A process that finds the newest lock abandoned makes the next number with link(), which succeeds for
 * one process only. No process removes or overwrites the newest lock of another, so two never believe that they hold it.
 */

/**
 * @typedef {{ pid: number, startedAt: string, since: string, released?: boolean, address?: string }} Holder
 * @typedef {{ describe(facts: { address: string }): void, release(): void }} Lock
 */

/** The folder is held by a process that runs. */
export class LockHeldError extends Error {
	/** @param {Holder} holder */
	constructor(holder) {
		super(`Process ${holder.pid} holds the data folder since ${holder.since}.`);
		this.name = 'LockHeldError';
		this.holder = holder;
	}
}

/**
 * Takes the lock of a data folder, making the folder (0700) where it is missing.
 * @param {string} folder
 * @returns {Lock}
 * @throws {LockHeldError} when a process that runs holds it
 */
export function takeLock(folder) {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const self = { ...thisProcess(), since: new Date().toISOString() };
	const draft = join(folder, `lock-draft.${process.pid}`);
	writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
	try {
		for (;;) {
			const newest = generations(folder).at(-1) ?? 0;
			const holder = newest ? read(folder, newest) : null;
			if (holder && !holder.released && isRunning(holder)) throw new LockHeldError(holder);
			const mine = newest + 1;
			if (!link(draft, pathOf(folder, mine))) continue;
			if (generations(folder).at(-1) !== mine) {
				// We read an old list: the lock went on without us, and our number is behind the holder's.
				rmSync(pathOf(folder, mine), { force: true });
				continue;
			}
			for (const older of generations(folder)) if (older < mine) rmSync(pathOf(folder, older), { force: true });
			return heldLock(folder, mine, self);
		}
	} finally {
		rmSync(draft, { force: true });
	}
}

/**
 * @param {string} folder
 * @param {number} generation
 * @param {Holder} self
 * @returns {Lock}
 */
function heldLock(folder, generation, self) {
	let current = self;
	const write = () => {
		const draft = join(folder, `lock-draft.${process.pid}`);
		writeFileSync(draft, JSON.stringify(current), { mode: 0o600 });
		renameSync(draft, pathOf(folder, generation));
	};
	return {
		describe(facts) {
			current = { ...current, ...facts };
			write();
		},
		// Marked, not removed: the numbers have to go on growing for others who are reading them now.
		release() {
			current = { ...current, released: true };
			write();
		},
	};
}

/** @returns {number[]} ascending */
function generations(/** @type {string} */ folder) {
	return readdirSync(folder)
		.flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? [])
		.map(Number)
		.sort((a, b) => a - b);
}

/** @returns {Holder | null} null when it was just removed, which only the holder of a newer one does */
function read(/** @type {string} */ folder, /** @type {number} */ generation) {
	try {
		return JSON.parse(readFileSync(pathOf(folder, generation), 'utf8'));
	} catch {
		return null;
	}
}

function pathOf(/** @type {string} */ folder, /** @type {number} */ generation) {
	return join(folder, `lock.${generation}`);
}

/** @returns {boolean} whether it was ours to make */
function link(/** @type {string} */ from, /** @type {string} */ to) {
	try {
		linkSync(from, to);
		return true;
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
		throw error;
	}
}
