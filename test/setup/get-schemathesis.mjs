/*
 * Gets Schemathesis, which holds the running API to its OpenAPI document, from the Python Package Index into a virtual
 * environment in the user's cache. Needs Python with `venv`.
 */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SCHEMATHESIS_VERSION, schemathesisProgram } from './find.mjs';
import { run } from './run-program.mjs';

/** Where the program is found is linked last, so that a half-finished environment is never found. @throws when pip fails */
export async function getSchemathesis(python) {
	const place = dirname(schemathesisProgram);
	const environment = join(place, 'environment');
	rmSync(place, { recursive: true, force: true });
	mkdirSync(place, { recursive: true });
	await run(python, ['-m', 'venv', environment]);
	const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
	await run(join(environment, 'bin/python'), [...pip, `schemathesis==${SCHEMATHESIS_VERSION}`]);
	symlinkSync(join('environment/bin', basename(schemathesisProgram)), schemathesisProgram);
}
