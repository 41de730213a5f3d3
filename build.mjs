/*
 * `npm run build`: compiles to `dist/`, bundles the workflows and copies what is no TypeScript. Does nothing when the
 * sources are those of the last build, so that a start may always call it. Prints one line.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname, extname, join } from 'node:path';

const ROOT = import.meta.dirname;
const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.build');
const BUNDLE = join(DIST, 'workflow-bundle.js');
const COMPILED = new Set(['.ts', '.tsx', '.mts']);
const SETTINGS = ['build.mjs', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
/** What the workflow bundle is made of. */
const WORKFLOW_ROOMS = ['workflows', 'domain'];

const rooms = JSON.parse(readFileSync(join(ROOT, 'tsconfig.build.json'), 'utf8')).include;
const started = Date.now();
const last = readStamp();
const stamp = { sources: digestOf(rooms), workflows: digestOf(WORKFLOW_ROOMS) };

if (stamp.sources === last.sources && existsSync(BUNDLE)) {
	console.log('The build is up to date.');
} else {
	rmSync(STAMP, { force: true });
	compile();
	copyAssets();
	removeLeftovers();
	if (stamp.workflows !== last.workflows || !existsSync(BUNDLE)) await bundleWorkflows();
	writeFileSync(STAMP, JSON.stringify(stamp));
	console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

function compile() {
	const args = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', join(ROOT, 'tsconfig.build.json')];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
	if (status === 0) return;
	process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
	console.error('The sources do not compile.');
	process.exit(1);
}

function copyAssets() {
	for (const path of filesOf(rooms)) {
		if (COMPILED.has(extname(path))) continue;
		const target = join(DIST, path);
		mkdirSync(dirname(target), { recursive: true });
		copyFileSync(join(ROOT, path), target);
	}
}

/** What an earlier build made of files that are gone now. Everything of this one was just written. */
function removeLeftovers() {
	for (const path of readdirSync(DIST, { recursive: true })) {
		const file = join(DIST, path);
		const stat = statSync(file, { throwIfNoEntry: false });
		// A file system may keep whole seconds only.
		if (stat?.isFile() && stat.mtimeMs < started - 1_000 && file !== BUNDLE) rmSync(file);
	}
}

async function bundleWorkflows() {
	const { bundleWorkflowCode } = await import('@temporalio/worker');
	const silent = () => {};
	const logger = { log: silent, trace: silent, debug: silent, info: silent, warn: console.warn, error: console.error };
	const { code } = await bundleWorkflowCode({ workflowsPath: join(DIST, 'workflows/index.js'), logger });
	writeFileSync(BUNDLE, code);
}

/** Of the names and contents of all files of these rooms, and of what the build itself depends on. */
function digestOf(folders) {
	const hash = createHash('sha256').update(process.version);
	for (const path of [...SETTINGS, ...filesOf(folders)]) {
		hash
			.update(`${path}\0`)
			.update(readFileSync(join(ROOT, path)))
			.update('\0');
	}
	return hash.digest('hex');
}

/** Paths from the root, in a fixed order. */
function filesOf(folders) {
	return folders
		.filter((folder) => existsSync(join(ROOT, folder)))
		.flatMap((folder) =>
			readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)),
		)
		.sort();
}

function readStamp() {
	try {
		return JSON.parse(readFileSync(STAMP, 'utf8'));
	} catch {
		return {};
	}
}
