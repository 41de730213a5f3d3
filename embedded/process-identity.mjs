import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process told apart from any other that ever had its number: pids are used again, pids with their start time are not.
 * @typedef {{ pid: number, startedAt: string }} ProcessIdentity
 */

/**
 * When the process started, in whatever words the system has for it; null when there is no such process any more.
 * A zombie counts as gone: it holds nothing.
 * @param {number} pid
 * @returns {string | null}
 */
export function startTimeOf(pid) {
	return process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
}

/** @returns {ProcessIdentity} */
export function thisProcess() {
	const startedAt = startTimeOf(process.pid);
	if (startedAt === null) throw new Error('This process cannot see itself in the process list.');
	return { pid: process.pid, startedAt };
}

/**
 * Whether that very process still runs.
 * @param {ProcessIdentity} identity
 * @returns {boolean}
 */
export function isRunning({ pid, startedAt }) {
	return startTimeOf(pid) === startedAt;
}

/** Field 22 of proc(5) `stat` is the start in clock ticks since boot; the boot's id tells two boots apart. */
function startTimeFromProc(/** @type {number} */ pid) {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
		// The second field is the program's name in brackets and may hold anything, brackets too.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		if (fields[0] === 'Z' || fields[0] === 'X') return null;
		return `${bootId()}/${fields[19]}`;
	} catch {
		return null;
	}
}

function bootId() {
	try {
		return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
	} catch {
		return 'boot';
	}
}

function startTimeFromPs(/** @type {number} */ pid) {
	try {
		const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
			encoding: 'latin1',
			env: { ...process.env, LC_ALL: 'C' },
			stdio: ['ignore', 'pipe', 'ignore'],
		}).trim();
		const [state = '', ...started] = line.split(/\s+/);
		return line === '' || state.startsWith('Z') ? null : started.join(' ');
	} catch {
		return null;
	}
}
