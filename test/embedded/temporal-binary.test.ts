import { chmodSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { findTemporal, TemporalMissingError } from '../../embedded/temporal-binary.js';
import { temporaryFolder } from './folders.js';

const CACHED = 'mobile-token/temporal-1.5.1/temporal';
/** Where nothing listens, so that a download fails at once as it does without a network. */
const NO_NETWORK = { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };

it('takes the program that is named, before the one on PATH', async () => {
	const folder = temporaryFolder();
	const named = program(join(folder, 'named/temporal'));
	const env = { TEMPORAL_CLI_PATH: named, PATH: dirname(program(join(folder, 'bin/temporal'))) };
	expect(await findTemporal({ env })).toBe(named);
});

it('says so when the one that is named cannot be run, and takes no other', async () => {
	const folder = temporaryFolder();
	const env = { TEMPORAL_CLI_PATH: join(folder, 'absent'), PATH: dirname(program(join(folder, 'bin/temporal'))) };
	await expect(findTemporal({ env })).rejects.toThrow(`TEMPORAL_CLI_PATH names ${join(folder, 'absent')}`);
});

it('takes the one on PATH before the one in the cache folder', async () => {
	const folder = temporaryFolder();
	const onPath = program(join(folder, 'bin/temporal'));
	program(join(folder, 'cache', CACHED));
	const env = { PATH: `${join(folder, 'empty')}:${dirname(onPath)}`, XDG_CACHE_HOME: join(folder, 'cache') };
	expect(await findTemporal({ env })).toBe(onPath);
});

it('passes over a folder and a file on PATH that cannot be run', async () => {
	const folder = temporaryFolder();
	mkdirSync(join(folder, 'a/temporal'), { recursive: true });
	chmodSync(program(join(folder, 'b/temporal')), 0o644);
	const cached = program(join(folder, 'cache', CACHED));
	const env = { PATH: `${join(folder, 'a')}:${join(folder, 'b')}`, XDG_CACHE_HOME: join(folder, 'cache') };
	expect(await findTemporal({ env })).toBe(cached);
});

it.each([
	['linux', '.cache'],
	['darwin', 'Library/Caches'],
] as const)('looks in the cache folder of %s', async (platform, base) => {
	const HOME = temporaryFolder();
	const cached = program(join(HOME, base, CACHED));
	expect(await findTemporal({ env: { HOME, PATH: '' }, platform })).toBe(cached);
});

it('compiles it into the cache folder when it cannot be downloaded, and finds it there the next time', async () => {
	const folder = temporaryFolder();
	const bin = dirname(
		program(
			join(folder, 'bin/go'),
			`echo "$@" > ${folder}/asked; printf '#!/bin/sh\\n' > "$GOBIN/temporal"; chmod +x "$GOBIN/temporal"`,
		),
	);
	const env = { ...NO_NETWORK, PATH: `${bin}:/usr/bin:/bin`, XDG_CACHE_HOME: join(folder, 'cache') };
	const said: string[] = [];
	const found = await findTemporal({ env, say: (line) => said.push(line) });
	expect(found).toBe(join(folder, 'cache', CACHED));
	expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('install github.com/temporalio/cli/cmd/temporal@v1.5.1\n');
	expect(said).toEqual([
		'Downloading Temporal 1.5.1 (about 90 MB, once)',
		'Compiling Temporal 1.5.1 with Go (about 4 minutes, once)',
	]);
	expect(readdirSync(dirname(found))).toEqual(['temporal']);
	expect(await findTemporal({ env: { ...env, PATH: '' } })).toBe(found);
});

it('names three ways out when there is none to be had, and leaves nothing half-made behind', async () => {
	const folder = temporaryFolder();
	const cache = join(folder, 'cache/mobile-token/temporal-1.5.1');
	mkdirSync(join(cache, 'draft-abandoned'), { recursive: true });
	utimesSync(join(cache, 'draft-abandoned'), 0, 0);
	const bin = dirname(program(join(folder, 'bin/go'), 'echo "go: no network" >&2; exit 1'));
	const env = { ...NO_NETWORK, PATH: bin, XDG_CACHE_HOME: join(folder, 'cache') };
	const failure = await findTemporal({ env }).catch((error: unknown) => error);
	expect(failure).toBeInstanceOf(TemporalMissingError);
	const { message } = failure as Error;
	expect(message).toContain('temporal.download could not be reached');
	expect(message).toContain('go: no network');
	for (const way of ['TEMPORAL_CLI_PATH=', 'https://go.dev/dl', 'TEMPORAL_ADDRESS=']) expect(message).toContain(way);
	expect(readdirSync(cache)).toEqual([]);
});

/** A shell script at that path that can be run. */
function program(path: string, body = 'exit 0'): string {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
	return path;
}
