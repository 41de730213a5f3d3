import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../config/index.js';

describe('secrets in files', () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'secrets-'));
		writeFileSync(join(folder, 'url'), 'postgresql://app:pw@db/app\n');
		chmodSync(join(folder, 'url'), 0o600);
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	test('S-47 are read without the last line break', () => {
		expect(loadConfig({ DATABASE_URL_FILE: join(folder, 'url') }).databaseUrl).toBe('postgresql://app:pw@db/app');
	});

	test('that cannot be read, or come twice, are problems', () => {
		expect(() => loadConfig({ DATABASE_URL_FILE: join(folder, 'none') })).toThrow(/- DATABASE_URL_FILE names/);
		const both = { DATABASE_URL: 'postgres://db', DATABASE_URL_FILE: join(folder, 'url') };
		expect(() => loadConfig(both)).toThrow(/keep one/);
	});
});
