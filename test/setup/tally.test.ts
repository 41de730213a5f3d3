import { expect, test } from 'vitest';
import { clausesIn } from './clauses.mjs';
import { conclude, type Tally } from './tally.mjs';

const MACHINE = { exitCode: 0, ci: false, parts: { postgres: null, curl: '/usr/bin/curl' } };

function concluded(tally: { passed: number } & Partial<Tally>, machine = {}) {
	const { lines, exitCode } = conclude({ failed: 0, skipped: [], clauses: {}, ...tally }, { ...MACHINE, ...machine });
	return { last: lines.at(-1), exitCode, text: lines.join('\n') };
}

test('a run in which all passed says so alone in its last line', () => {
	expect(concluded({ passed: 3 })).toMatchObject({ last: '3 passed, 0 failed', exitCode: 0 });
});

test('a failed test fails the run', () => {
	expect(concluded({ passed: 3, failed: 2 }, { exitCode: 1 })).toMatchObject({
		last: '3 passed, 2 failed',
		exitCode: 1,
	});
});

test('what was skipped is named, with what would bring it', () => {
	const { last, exitCode, text } = concluded({ passed: 3, skipped: ['test/a.test.ts > races'] });
	expect({ last, exitCode }).toEqual({ last: '3 passed, 0 failed, 1 skipped', exitCode: 0 });
	expect(text).toContain('test/a.test.ts > races');
	expect(text).toContain('apt-get install postgresql');
	expect(text).not.toContain('install curl');
});

test('on a CI machine a skipped test is a failed one', () => {
	const run = concluded({ passed: 3, skipped: ['a', 'b'] }, { ci: true });
	expect(run).toMatchObject({ last: '3 passed, 2 failed', exitCode: 1 });
});

test('a runner that ran nothing, or died, does not look like success', () => {
	expect(concluded({ passed: 0 })).toMatchObject({ last: '0 passed, 1 failed', exitCode: 1 });
	expect(concluded({ passed: 3 }, { exitCode: null })).toMatchObject({ last: '3 passed, 1 failed', exitCode: 1 });
});

test('the clauses with a green test stand before the last line; a red or a skipped test makes its clause no green one', () => {
	const clauses = {
		'S-18a': { passed: 1, failed: 0 },
		'S-2': { passed: 2, failed: 0 },
		'S-31': { passed: 5, failed: 1 },
		'S-9': { passed: 0, failed: 0 },
	};
	const { lines } = conclude({ passed: 8, failed: 1, skipped: ['a'], clauses }, MACHINE);
	expect(lines.slice(-4)).toEqual([
		'Clauses of docs/standards.md with a green test (2): S-2 S-18a',
		'Clauses of docs/standards.md with a red test (1): S-31',
		'Clauses of docs/standards.md whose tests did not run (1): S-9',
		'8 passed, 1 failed, 1 skipped',
	]);
	expect(concluded({ passed: 3 }).text).toBe('3 passed, 0 failed');
});

test('the ids of clauses are read from the names of a test and of the suites around it', () => {
	expect(clausesIn('S-12 S-36 the end > S-18a is told, as S-12 asks; RS-3, S-x and S-7e are none')).toEqual([
		'S-12',
		'S-18a',
		'S-36',
	]);
});
