import { chmodSync, mkdirSync, statSync } from 'node:fs';

/*
 * All secrets of an embedded installation lie in its data folder: keys, messages with codes and temporary passwords, the
 * databases. What writes them (PGlite, Temporal) does not ask for any mode, so the folder and the umask must.
 */

const PRIVATE = 0o700;
const OTHERS = 0o077;

/** The folder is not, and cannot be made, of this user alone. The message names a way out. */
export class FolderOpenError extends Error {
	/** @param {string} folder @param {string} reason */
	constructor(folder, reason) {
		super(
			`The data folder ${folder} ${reason}. It holds keys, codes and passwords, so only you may enter it.\nRun \`chmod 700\` on it as its owner, or name a folder of your own: DATA_DIR=~/mobile-token npm start`,
		);
		this.name = 'FolderOpenError';
	}
}

/**
 * Makes the folder where it is missing, and closes it (0700) to everyone but its owner.
 * @param {string} folder
 * @throws {FolderOpenError}
 */
export function closeDataFolder(folder) {
	mkdirSync(folder, { recursive: true, mode: PRIVATE });
	const { mode, uid } = statSync(folder);
	const self = process.getuid?.();
	// Root may enter a folder of another user, but so may that user.
	if (self !== undefined && uid !== self) throw new FolderOpenError(folder, 'belongs to another user');
	if ((mode & OTHERS) === 0) return;
	try {
		chmodSync(folder, PRIVATE);
	} catch {
		throw new FolderOpenError(folder, 'is open to other users, and its mode cannot be changed');
	}
	// Some file systems (FAT, NTFS, some shares) accept a mode and keep none.
	if ((statSync(folder).mode & OTHERS) !== 0) {
		throw new FolderOpenError(folder, 'is open to other users, and its file system keeps no modes');
	}
}

/** From here on, what this process and its children make is theirs alone. */
export function makeFilesPrivate() {
	process.umask(OTHERS);
}
