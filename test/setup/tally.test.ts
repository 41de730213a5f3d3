import { expect, test } from 'vitest';
import { conclude } from './tally.mjs';

const MACHINE = { exitCode: 0, ci: false, parts: { postgres: null, curl: '/usr/bin/curl' } };

function concluded(tally: { passed: number; failed?: number; skipped?: string[] }, machine = {}) {
	const { lines, exitCode } = conclude({ failed: 0, skipped: [], ...tally }, { ...MACHINE, ...machine });
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
