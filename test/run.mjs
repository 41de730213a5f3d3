/*
 * `npm test`, also in a fresh clone: sets up what tests need, runs them (all, or those of the paths given), says what was
 * skipped and why, names the clauses of `docs/standards.md` that have a green test, and ends with one line alone:
 * `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAll } from './setup/find.mjs';
import { prepare } from './setup/prepare.mjs';
import { conclude } from './setup/tally.mjs';

const root = join(import.meta.dirname, '..');
const ci = Boolean(process.env.CI) && process.env.CI !== 'false';

try {
	await prepare(root);
} catch (error) {
	console.log(error.message);
	console.log('0 passed, 1 failed');
	process.exit(1);
}
const { tally, exitCode } = await runTests();
const conclusion = conclude(tally, { exitCode, ci, parts: findAll() });
console.log(conclusion.lines.join('\n'));
process.exitCode = conclusion.exitCode;

async function runTests() {
	const folder = mkdtempSync(join(tmpdir(), 'mobile-token-tally-'));
	const tallyFile = join(folder, 'tally.json');
	try {
		const code = await vitest(tallyFile);
		return { tally: readTally(tallyFile), exitCode: code };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function vitest(tallyFile) {
	const reporters = ['--reporter=default', '--reporter=./test/setup/tally-reporter.mjs'];
	const args = ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2)];
	// Without it every thread of every process keeps memory of its own: twice as much, on machines that may be small.
	const env = { ...process.env, TEST_TALLY_FILE: tallyFile, MALLOC_ARENA_MAX: '2' };
	return new Promise((done) => {
		spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
			.once('error', () => done(1))
			.once('exit', (code) => done(code));
	});
}

/** A runner that died wrote none. */
function readTally(tallyFile) {
	try {
		return JSON.parse(readFileSync(tallyFile, 'utf8'));
	} catch {
		return { passed: 0, failed: 0, skipped: [], clauses: {} };
	}
}
