import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clausesIn } from '../setup/clauses.mjs';
import { ROOT, readDocument } from './documents.js';

interface Row {
	id: string;
	state: string;
	/** Names of test files, without folder and ending. */
	tests: string[];
}

const { text } = readDocument('docs/standards.md');
const rows: Row[] = [...text.matchAll(/^\| (S-\d+[a-d]?) +\|[^|]+\| (\w+) +\|[^|]+\|([^|]*)\|$/gm)].map(
	([, id = '', state = '', tests = '']) => ({
		id,
		state,
		tests: [...tests.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
	}),
);
const asvs = [...text.matchAll(/^\| (6\.\d+\.\d+) +\| (\d) +\|[^|]+\| (\w+) +\|[^|]+\|$/gm)].map(
	([, id = '', level = '', state = '']) => ({ id, level, state }),
);

const NOT_OURS = ['node_modules', 'dist', 'coverage'];
/** All that the repository says: its rooms and the documents beside them. */
const sources = readdirSync(ROOT, { withFileTypes: true })
	.filter(({ name }) => !name.startsWith('.') && !NOT_OURS.includes(name))
	.flatMap((entry) => (entry.isDirectory() ? filesIn(entry.name) : [entry.name]))
	.filter((path) => /\.(ts|tsx|mjs|js|md|sh|yml)$/.test(path))
	.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

function filesIn(room: string): string[] {
	return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((path) => join(room, path));
}

/** The clauses that tests of this file name. */
function provenBy(name: string): Set<string> {
	const files = sources.filter(({ path }) => /\.test\.tsx?$/.test(path) && basename(path).startsWith(`${name}.test.`));
	return new Set(files.flatMap((file) => clausesIn(file.text)));
}

test('every clause has one row, and every row a state', () => {
	expect(rows.length).toBeGreaterThan(50);
	expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
	expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['holds', 'part', 'later']));
});

test('every clause that the repository names has a row', () => {
	const known = new Set(rows.map(({ id }) => id));
	// The tests of the tally name ids that stand for any.
	const named = sources.filter(({ path }) => !path.startsWith('test/setup/'));
	const unknown = named.flatMap((file) =>
		clausesIn(file.text).flatMap((id) => (known.has(id) ? [] : [`${id} in ${file.path}`])),
	);
	expect(unknown).toEqual([]);
	expect(named.filter((file) => clausesIn(file.text).length > 0).length).toBeGreaterThan(20);
});

describe('what a row says of its tests', () => {
	test.each(rows.filter(({ state }) => state !== 'later'))('$id has tests, and each names it', ({ id, tests }) => {
		expect(tests).not.toEqual([]);
		expect(tests.filter((name) => !provenBy(name).has(id))).toEqual([]);
	});

	test.each(rows.filter(({ state }) => state === 'later'))('$id is to come, and claims no test', ({ tests }) => {
		expect(tests).toEqual([]);
	});
});

test('the 31 rows of ASVS V6 of level 1 and 2 that apply are there, and the sum is right', () => {
	expect(asvs.length).toBe(31);
	expect(new Set(asvs.map(({ id }) => id)).size).toBe(31);
	expect(asvs.filter(({ level }) => level === '1').length).toBe(13);
	const count = (state: string) => asvs.filter((row) => row.state === state).length;
	expect(text).toContain(`${count('holds')} rows hold, ${count('part')} hold in part and ${count('later')} wait`);
});

test('no text of the product claims AAL2', () => {
	const said = sources.filter(({ path }) => /^(web|acts|api|activities)\/.*\.(ts|tsx|js)$/.test(path));
	expect(said.length).toBeGreaterThan(50);
	expect(said.filter((file) => /\bAAL/.test(file.text)).map(({ path }) => path)).toEqual([]);
});
