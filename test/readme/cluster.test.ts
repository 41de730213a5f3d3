import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../config/index.js';
import { fencesOf, ROOT, readDocument } from './documents.js';

const [commands] = fencesOf(readDocument('README.md')).filter(({ heading }) => heading === 'Two ways to run');

/** What docker-compose.yml says by itself: of `${NAME:-value}` the value. */
const { 'x-product': product } = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true });
const said = Object.entries<string>(product.environment);
const compose = Object.fromEntries(said.map(([name, value]) => [name, value.replace(/\$\{\w+:-(.*?)\}/g, '$1')]));

test('the secrets that README has one make are all that production asks for', () => {
	const folder = mkdtempSync(join(tmpdir(), 'mobile-token-env-'));
	try {
		const lines = commands?.text.split('\n').filter((line) => line.startsWith('echo ')) ?? [];
		execFileSync('sh', ['-ec', lines.join('\n')], { cwd: folder });
		const written = readFileSync(join(folder, '.env'), 'utf8');
		const env = {
			...compose,
			...parseEnv(written.replace('AC…', `AC${'0'.repeat(32)}`).replace('+…', '+15005550006')),
		};
		expect(loadConfig(env)).toMatchObject({ environment: 'production', agentApiKeys: [{ name: 'ann' }] });
		for (const name of Object.keys(parseEnv(written))) {
			const { [name]: _, ...without } = env as Record<string, string>;
			expect(() => loadConfig(without), `${name} is not needed`).toThrow();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
