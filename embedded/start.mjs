/*
 * `npm start`: everything on one laptop, from a fresh clone on. Runs before anything is installed, so it is plain
 * JavaScript and imports nothing but its neighbors and Node.
 */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { closeDataFolder, makeFilesPrivate } from './data-folder.mjs';
import { LockHeldError, takeLock } from './lock.mjs';
import { createTerminal } from './terminal.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE_MIN = [20, 19];
/** sysexits(3): the configuration is wrong, and trying again will not help. */
const EXIT_CONFIG = 78;

const terminal = createTerminal();
await start().catch((error) => {
	terminal.error(error.message);
	process.exit(1);
});

async function start() {
	requireNode();
	// What the environment says already, wins.
	if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'));
	const dataDir = resolve(process.env.DATA_DIR || './.data');
	closeDataFolder(dataDir);
	// Before anything is touched: a running server would lose its dependencies and its build under its feet.
	const lock = lockOrExit(dataDir);
	if (!isInstalled()) {
		await terminal.step('Installing dependencies', () =>
			run(npm(), ['ci', '--include=dev', '--no-audit', '--no-fund']),
		);
	}
	await terminal.step('Building', () => run([process.execPath], ['build.mjs']));
	// Not earlier: others may use the installation and the build.
	makeFilesPrivate();
	const { main } = await import(pathToFileURL(join(ROOT, 'dist/embedded/main.js')).href);
	await main({ lock, terminal });
}

function requireNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [wantedMajor = 0, wantedMinor = 0] = NODE_MIN;
	if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
	terminal.error(
		`This needs Node ${NODE_MIN.join('.')} or later, and you have ${process.versions.node}. Get one at https://nodejs.org.`,
	);
	process.exit(EXIT_CONFIG);
}

function lockOrExit(/** @type {string} */ dataDir) {
	try {
		return takeLock(dataDir);
	} catch (error) {
		if (!(error instanceof LockHeldError)) throw error;
		const { pid, since, address } = error.holder;
		terminal.error(
			[
				'Mobile Token already runs on this data.',
				`  Process  ${pid}, since ${since}`,
				`  Address  ${address ?? 'not known yet: it is still starting'}`,
				`  Data     ${dataDir}`,
				'Nothing was touched. Use that one, or stop it, or start another one on other data: DATA_DIR=./other PORT=3001 npm start',
			].join('\n'),
		);
		process.exit(1);
	}
}

/** npm writes this file last, so a half-finished installation is none. */
function isInstalled() {
	const installed = join(ROOT, 'node_modules/.package-lock.json');
	return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
}

/** The npm that runs us, else the one on PATH. */
function npm() {
	const script = process.env.npm_execpath;
	return script?.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
}

/**
 * Runs a program silently.
 * @param {string[]} command
 * @param {string[]} args
 * @returns {Promise<void>}
 * @throws with what it wrote, when it fails
 */
function run([program = '', ...first], args) {
	return new Promise((done, failed) => {
		const child = spawn(program, [...first, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
		let written = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk) => {
				written = `${written}${chunk}`.slice(-10_000);
			});
		}
		child.once('error', failed);
		child.once('close', (code, signal) => {
			if (code === 0) done();
			else failed(new Error(`${args[0]} failed (${code ?? signal}):\n${written.trim()}`));
		});
	});
}
