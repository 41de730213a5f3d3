/*
 * Brings a fresh clone to where its tests can run: dependencies, build, and the parts that the product's dependencies do
 * not bring. A part that cannot be had is not an error here: the tests that need it are skipped by name.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findAll, onPath } from './find.mjs';
import { getSchemathesis } from './get-schemathesis.mjs';
import { getTimeSkipping } from './get-time-skipping.mjs';
import { run } from './run-program.mjs';

const SIGN_OF_LIFE_MS = 15_000;

/** @throws when the dependencies cannot be installed or the product cannot be built */
export async function prepare(root) {
	if (!isInstalled(root))
		await step('Installing dependencies', () =>
			run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root }),
		);
	await step('Building', () => run(process.execPath, ['build.mjs'], { cwd: root }));
	const temporal = await attempt('Looking for Temporal', () => findTemporal(root));
	if (temporal) process.env.TEMPORAL_CLI_PATH = temporal;
	if (!findAll().timeSkipping && onPath('java') && onPath('mvn')) {
		await attempt('Getting the time-skipping server', getTimeSkipping);
	}
	const python = onPath('python3');
	if (!findAll().schemathesis && python) await attempt('Getting Schemathesis', () => getSchemathesis(python));
}

function isInstalled(root) {
	const installed = join(root, 'node_modules/.package-lock.json');
	return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

async function findTemporal(root) {
	const finder = pathToFileURL(join(root, 'dist/embedded/temporal-binary.js')).href;
	return (await import(finder)).findTemporal({ say: (line) => console.log(`  ${line}`) });
}

async function attempt(name, act) {
	try {
		return await step(name, act);
	} catch (error) {
		console.log(`  ${error.message}`);
		return null;
	}
}

/** Says what is done, and while it takes long, that it still is. */
async function step(name, act) {
	console.log(`${name} …`);
	const start = performance.now();
	const seconds = () => Math.round((performance.now() - start) / 1000);
	const life = setInterval(() => console.log(`  … ${name.toLowerCase()}, ${seconds()} s`), SIGN_OF_LIFE_MS);
	try {
		return await act();
	} finally {
		clearInterval(life);
	}
}
