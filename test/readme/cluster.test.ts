import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig, type Role } from '../../config/index.js';
import { fencesOf, ROOT, readDocument } from './documents.js';

const [commands] = fencesOf(readDocument('README.md')).filter(({ heading }) => heading === 'Two ways to run');

const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const { services } = parse(compose, { merge: true });
const demanded = [...new Set([...compose.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name = '']) => name))];

/** As Compose fills it in; a name without a value is taken from `.env`. */
function environmentOf(service: string, env: Record<string, string>): Record<string, string> {
	const said = Object.entries<string | null>(services[service].environment);
	const filled = said.map(([name, value]) => [
		name,
		(value ?? env[name] ?? '').replace(/\$\{(\w+):[-?](.*?)\}/g, (_, variable, other) => env[variable] ?? other),
	]);
	return Object.fromEntries(filled);
}

test('what README has one write into `.env` is all that the roles ask for', () => {
	const folder = mkdtempSync(join(tmpdir(), 'mobile-token-env-'));
	try {
		const lines = commands?.text.split('\n').filter((line) => /^(for|echo) /.test(line)) ?? [];
		execFileSync('sh', ['-ec', lines.join('\n')], { cwd: folder });
		const written = parseEnv(readFileSync(join(folder, '.env'), 'utf8')) as Record<string, string>;
		const env = {
			...written,
			SMTP_URL: 'smtp://mail.example.com:587',
			MAIL_FROM: 'no-reply@example.com',
			TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
			TWILIO_FROM: '+15005550006',
		};
		for (const role of ['api', 'worker', 'migrate'] satisfies Role[]) {
			expect(loadConfig(environmentOf(role, env), role).environment).toBe('production');
		}
		const byRole = ['TWILIO_AUTH_TOKEN', 'TWILIO_FROM'];
		expect(Object.keys(written).sort()).toEqual([...demanded, ...byRole].sort());
		for (const name of byRole) {
			const without = { ...env, [name]: '' };
			expect(() => loadConfig(environmentOf('worker', without), 'worker'), `${name} is not needed`).toThrow();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
