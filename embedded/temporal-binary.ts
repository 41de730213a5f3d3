import { spawn } from 'node:child_process';
import {
	accessSync,
	constants,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../config/clock.js';

/** The newest release of Temporal's command line that `go install` accepts. */
const VERSION = '1.5.1';
const GO_PACKAGE = `github.com/temporalio/cli/cmd/temporal@v${VERSION}`;
const DOWNLOAD_LIMIT_MS = 300_000;
const COMPILE_LIMIT_MS = 1_800_000;
/** Age after which leftovers of a killed start are removed. */
const DRAFT_STALE_MS = 2 * COMPILE_LIMIT_MS;
const DRAFT = 'draft-';

export interface TemporalSearch {
	/** Read: TEMPORAL_CLI_PATH, PATH, XDG_CACHE_HOME, HOME. */
	env?: NodeJS.ProcessEnv;
	platform?: NodeJS.Platform;
	/** Receives a line before each slow step. */
	say?: (line: string) => void;
}

/** There is no Temporal command line and none could be installed. The message names the remedies. */
export class TemporalMissingError extends Error {
	override readonly name = 'TemporalMissingError';
}

/**
 * The path of Temporal's command line: the one that is named or on PATH, else the one in the user's cache folder, else
 * the SDK downloads it there, else Go compiles it there. *
 * @throws TemporalMissingError
 */
export async function findTemporal({
	env = process.env,
	platform = process.platform,
	say = () => {},
}: TemporalSearch = {}): Promise<string> {
	const named = env.TEMPORAL_CLI_PATH;
	if (named) {
		if (isExecutable(named)) return resolve(named);
		throw new TemporalMissingError(`TEMPORAL_CLI_PATH names ${named}, which is no program that can be run.`);
	}
	const onPath = findOnPath('temporal', env);
	if (onPath) return onPath;
	const folder = cacheFolder(env, platform);
	const cached = join(folder, 'temporal');
	if (isExecutable(cached)) return cached;
	mkdirSync(folder, { recursive: true });
	removeStaleDrafts(folder);
	const reasons: string[] = [];
	for (const obtain of [download, compile]) {
		// Built beside its place and renamed, so that it is whole, also when two starts build it at once.
		const draft = mkdtempSync(join(folder, DRAFT));
		try {
			renameSync(await obtain(draft, env, say), cached);
			return cached;
		} catch (error) {
			reasons.push(error instanceof Error ? error.message : String(error));
		} finally {
			rmSync(draft, { recursive: true, force: true });
		}
	}
	throw new TemporalMissingError(waysOut(reasons, cached));
}

/** The user's cache folder. */
function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
	const home = env.HOME || homedir();
	const base = env.XDG_CACHE_HOME || join(home, platform === 'darwin' ? 'Library/Caches' : '.cache');
	return join(base, 'mobile-token', `temporal-${VERSION}`);
}

async function download(draft: string, env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<string> {
	say(`Downloading Temporal ${VERSION} (about 90 MB, once)`);
	const script = fileURLToPath(new URL('./temporal-download.mjs', import.meta.url));
	await run(process.execPath, [script, draft, `v${VERSION}`], env, DOWNLOAD_LIMIT_MS).catch(() => {
		throw new Error('temporal.download could not be reached.');
	});
	const name = readdirSync(draft).find((entry) => isExecutable(join(draft, entry)));
	if (!name) throw new Error('The download holds no program.');
	return join(draft, name);
}

async function compile(draft: string, env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<string> {
	const go = findOnPath('go', env);
	if (!go) throw new Error('Go is not installed, so it could not be compiled either.');
	say(`Compiling Temporal ${VERSION} with Go (about 4 minutes, once)`);
	await run(go, ['install', GO_PACKAGE], { ...env, GOBIN: draft, GOFLAGS: '' }, COMPILE_LIMIT_MS).catch((error) => {
		throw new Error(`\`go install ${GO_PACKAGE}\` failed: ${error.message}`);
	});
	return join(draft, 'temporal');
}

function removeStaleDrafts(folder: string): void {
	for (const name of readdirSync(folder).filter((entry) => entry.startsWith(DRAFT))) {
		const path = join(folder, name);
		if (Date.parse(systemClock.now()) - statSync(path).mtimeMs > DRAFT_STALE_MS)
			rmSync(path, { recursive: true, force: true });
	}
}

/** @throws with the last line the program wrote */
function run(program: string, args: string[], env: NodeJS.ProcessEnv, limitMs: number): Promise<void> {
	return new Promise((done, failed) => {
		const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: limitMs });
		// The build ends with this process.
		const end = () => child.kill();
		process.once('exit', end);
		child.once('close', () => process.off('exit', end));
		let said = '';
		child.stderr.on('data', (chunk) => {
			said = `${said}${chunk}`.slice(-2_000);
		});
		child.once('error', failed);
		child.once('close', (code, signal) => {
			if (code === 0) done();
			else failed(new Error(said.trim().split('\n').at(-1) || `it ended with ${code ?? signal}`));
		});
	});
}

function findOnPath(name: string, env: NodeJS.ProcessEnv): string | null {
	const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	return folders.map((folder) => resolve(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return existsSync(path) && statSync(path).isFile();
	} catch {
		return false;
	}
}

function waysOut(reasons: string[], cached: string): string {
	return [
		'Temporal is not on this machine and could not be had:',
		...reasons.map((reason) => `  - ${reason}`),
		'Any one of these helps:',
		'  - install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is on PATH, or name it: TEMPORAL_CLI_PATH=/path/to/temporal',
		`  - install Go 1.25 or later (https://go.dev/dl): the next start compiles Temporal into ${cached}`,
		'  - use a Temporal server that runs elsewhere: TEMPORAL_ADDRESS=host:7233',
	].join('\n');
}
