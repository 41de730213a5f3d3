/*
 * Takes the lock of a folder, says `held` or `refused`, and waits to be killed: `node lock-holder.mjs <folder>`.
 */
import { takeLock } from '../../embedded/lock.mjs';

try {
	takeLock(process.argv[2]);
	console.log('held');
	setInterval(() => {}, 1_000);
} catch (error) {
	console.log(`refused ${error.holder?.pid}`);
}
