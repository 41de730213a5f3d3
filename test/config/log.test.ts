import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { systemClock } from '../../config/clock.js';

const tsx = join(import.meta.dirname, '../../node_modules/.bin/tsx');

test('the clock tells instants of the one shape that compares as text', () => {
	const before = new Date().toISOString();
	const now = systemClock.now();
	expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
	expect(now >= before).toBe(true);
});

test('a log line has its time in ISO 8601, only levels that were asked for, and no name of the machine', async () => {
	const log = join(import.meta.dirname, '../../config/log.ts');
	const code = `import { createLogger } from '${log}';
		const log = createLogger({ logLevel: 'warn' });
		log.info('not asked for');
		log.warn({ accountId: 'a1' }, 'asked for');`;
	const { stdout } = await promisify(execFile)(tsx, ['--input-type=module', '--eval', code]);
	const line = JSON.parse(stdout);
	expect(Object.keys(line).sort()).toEqual(['accountId', 'level', 'msg', 'time']);
	expect(line.msg).toBe('asked for');
	expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});
