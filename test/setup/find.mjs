/*
 * Where the parts are that tests need and the product's own dependencies do not bring. Only looks; `test/run.mjs` gets
 * what is missing. Plain JavaScript, since it is read before anything is installed.
 */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The newest that was tried. `io.temporal:temporal-test-server` of Maven Central. */
export const TIME_SKIPPING_VERSION = '1.31.0';

/** The user's cache, not the clone's: a fresh clone finds what another one got. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mobile-token');

/** Counts what `get-time-skipping.mjs` makes of it, so that a newer clone does not find an older one's. */
const LAYOUT = 2;
const place = `temporal-test-server-${TIME_SKIPPING_VERSION}-${LAYOUT}`;

/** The shell script that runs the time-skipping server. */
export const timeSkippingScript = join(cacheFolder, place, 'temporal-test-server');

/** The newest that was tried. `schemathesis` of the Python Package Index. */
export const SCHEMATHESIS_VERSION = '4.32.5';

/** The program that holds the running API to its OpenAPI document. */
export const schemathesisProgram = join(cacheFolder, `schemathesis-${SCHEMATHESIS_VERSION}`, 'schemathesis');

/** What `findAll` gives: the path of each part, or null where it is not on this machine. */
export function findAll() {
	return {
		temporal: process.env.TEMPORAL_CLI_PATH || onPath('temporal') || cachedTemporal(),
		postgres: postgresFolder(),
		timeSkipping: onPath('java') && executable(timeSkippingScript),
		chromium: onPath('chromium') || onPath('chromium-browser') || onPath('google-chrome'),
		oathtool: onPath('oathtool'),
		go: onPath('go'),
		curl: onPath('curl'),
		schemathesis: executable(schemathesisProgram),
	};
}

/** The full path of a program on PATH, or null. */
export function onPath(name) {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	return folders.map((folder) => executable(join(folder, name))).find(Boolean) ?? null;
}

function executable(path) {
	try {
		accessSync(path, constants.X_OK);
		return path;
	} catch {
		return null;
	}
}

/** Debian keeps `initdb` and `postgres` off the PATH, in a folder a version. */
function postgresFolder() {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
	const found = versions.map((version) => join(debian, version, 'bin')).find((bin) => executable(join(bin, 'initdb')));
	if (found) return found;
	const initdb = onPath('initdb');
	return initdb && join(initdb, '..');
}

function cachedTemporal() {
	if (!existsSync(cacheFolder)) return null;
	const builds = readdirSync(cacheFolder).filter((name) => /^temporal-\d/.test(name));
	return builds.map((build) => executable(join(cacheFolder, build, 'temporal'))).find(Boolean) ?? null;
}
