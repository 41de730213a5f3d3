import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/**
 * What a room may load while it runs, over any number of imports in between. The lint's fences look at one import at a
 * time; types vanish before anything runs and do not count here.
 */
interface Room {
	/** Which files are asked. */
	from: RegExp;
	/** The files of ours that they may reach. */
	mayReach: RegExp;
	/** Packages that they must never load, however indirectly. */
	neverLoads?: RegExp;
}

const ROOMS: Record<string, Room> = {
	'domain/': { from: /^domain\//, mayReach: /^domain\//, neverLoads: /^(@temporalio|express|kysely|pg|pino)\b/ },
	'config/': { from: /^config\//, mayReach: /^(config|domain)\//, neverLoads: /^(express|kysely|pg)\b/ },
	'database/': { from: /^database\//, mayReach: /^(database|domain)\//, neverLoads: /^(@temporalio|express)\b/ },
	'workflows/': {
		from: /^workflows\//,
		mayReach: /^(workflows|domain(?!\/(credentials|phone\.ts)))\b/,
		neverLoads: /^(?!@temporalio\/(workflow|common)$)/,
	},
	'acts/': { from: /^acts\//, mayReach: /^(acts|database|domain)\//, neverLoads: /^(@temporalio|express|preact)\b/ },
	'temporal/': {
		from: /^temporal\//,
		mayReach: /^(temporal|database|domain|workflows\/messages\.ts)/,
		neverLoads: /^express\b/,
	},
	'activities/': {
		from: /^activities\//,
		mayReach: /^(activities|acts|database|domain)\//,
		neverLoads: /^(express|preact)\b/,
	},
	'api/': {
		from: /^api\/(?!main\.ts|compose\.ts)/,
		mayReach: /^(api|acts|database|domain)\//,
		neverLoads: /^(@temporalio|preact)\b/,
	},
	'web/': {
		from: /^web\//,
		mayReach: /^(web|api\/http|acts|database|domain)\//,
		neverLoads: /^(@temporalio|pg)\b/,
	},
	'console/': {
		from: /^console\//,
		mayReach: /^(console|acts|config|database|domain|temporal|workflows\/messages\.ts)/,
		neverLoads: /^(express|preact)\b/,
	},
	'worker/': {
		from: /^worker\//,
		mayReach: /^(worker|activities|acts|config|database|domain|workflows\/messages\.ts)/,
		neverLoads: /^(express|preact)\b/,
	},
};

const root = join(import.meta.dirname, '../..');
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
	cwd: root,
	encoding: 'utf8',
})
	.split('\n')
	.filter((path) => path && !path.endsWith('.d.ts') && !path.startsWith('test/'));

test.each(Object.entries(ROOMS))(
	'%s loads nothing but what its row allows, over any number of imports',
	async (_, room) => {
		const entries = sources.filter((path) => room.from.test(path));
		expect(entries).not.toHaveLength(0);
		const { inputs } = await graphOf(entries);
		const strangers = Object.keys(inputs).filter((path) => !room.mayReach.test(path));
		const packages = Object.entries(inputs).flatMap(([path, { imports }]) =>
			imports
				.filter(({ external, path: name }) => external && room.neverLoads?.test(name))
				.map(({ path: name }) => `${path} loads ${name}`),
		);
		expect([...strangers, ...packages]).toEqual([]);
	},
);

/** The imports that are left when the files are compiled, followed through our own files. */
async function graphOf(entryPoints: string[]) {
	const { metafile } = await build({
		absWorkingDir: root,
		entryPoints,
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'esm',
		jsx: 'automatic',
		jsxImportSource: 'preact',
		outdir: 'unwritten',
		write: false,
		metafile: true,
		logLevel: 'silent',
	});
	return metafile;
}
