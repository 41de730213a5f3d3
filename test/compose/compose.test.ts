import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ConfigError, loadConfig } from '../../config/index.js';
import { VARIABLE_NAMES } from '../../config/variables.js';
import { parts } from '../setup/services.js';
import { resolveCompose, root, type Service } from './compose-file.js';

const ROLES = ['api', 'worker', 'migrate'];
const ONE_SHOTS = ['temporal-schema', 'temporal-namespace', 'migrate'];

/** What somebody who runs the stack must say. */
const NEEDED = {
	ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
	AGENT_API_KEY: `ann:${randomBytes(24).toString('hex')}`,
	TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
	TWILIO_AUTH_TOKEN: 'token',
	TWILIO_FROM: '+15005550006',
	SMS_ALLOWED_COUNTRIES: 'PT',
};

const file = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
/** Compose's own variables: name and default, as `.env.example` tells them. */
const told = readFileSync(join(root, '.env.example'), 'utf8').split('# --- docker-compose.yml alone\n')[1] ?? '';
const composeVariables = parseEnv(told.replace(/^#/gm, '')) as Record<string, string>;

describe.skipIf(!parts.go)('docker-compose.yml', () => {
	let bare: Record<string, Service>;
	let ready: Record<string, Service>;
	beforeAll(async () => {
		bare = await resolveCompose({});
		ready = await resolveCompose({ ...composeVariables, ...NEEDED, PASSCODES_PER_DAY: '4' });
	});

	const each = (act: (service: Service, name: string) => void) => {
		for (const [name, service] of Object.entries(ready)) act(service, name);
	};

	test('has the parts of the stack', () => {
		const names = ['api', 'mailpit', 'migrate', 'postgres', 'temporal', 'temporal-namespace', 'temporal-schema'];
		expect(Object.keys(bare).sort()).toEqual([...names, 'temporal-ui', 'worker']);
	});

	test('a misspelt key is refused', async () => {
		await expect(resolveCompose({ APP_DB_PASSWORD: 'x', API_PORTS: 'no port' })).rejects.toThrow(/port/i);
	});

	test.each(ROLES)('%s sets variables of the schema alone, and starts with what `.env` must say', (role) => {
		expect(VARIABLE_NAMES).toEqual(expect.arrayContaining(Object.keys(bare[role]?.environment ?? {})));
		const config = loadConfig(ready[role]?.environment ?? {});
		expect(config.policy.passcodesPerDay).toBe(4);
		expect(config.warnings).toEqual([expect.stringContaining('PUBLIC_URL is not https')]);
		const database = new URL(config.databaseUrl ?? '');
		expect([database.username, database.hostname, database.pathname]).toEqual(['app', 'postgres', '/app']);
	});

	test('without an `.env`, each missing variable is named before anything starts', () => {
		for (const role of ROLES) {
			try {
				loadConfig(bare[role]?.environment ?? {});
				expect.unreachable();
			} catch (error) {
				const missing = ['TWILIO_ACCOUNT_SID', 'ENCRYPTION_KEYS', 'AGENT_API_KEY', 'SMS_ALLOWED_COUNTRIES'];
				expect((error as ConfigError).problems.map((problem) => problem.split(' ')[0])).toEqual(missing);
			}
		}
		for (const role of ['api', 'worker']) {
			expect(ready[role]?.depends_on?.migrate?.condition).toBe('service_completed_successfully');
		}
		expect(ready.migrate?.restart).toBe('no');
	});

	test('every image is pinned, and the tools are of the server’s version', () => {
		each(({ image }, name) => expect(image, name).toMatch(/^[\w/-]+:v?\d+\.\d+(\.\d+)?$/));
		const version = ready.temporal?.image.split(':')[1];
		for (const name of ['temporal-schema', 'temporal-namespace']) {
			expect(ready[name]?.image).toBe(`temporalio/admin-tools:${version}`);
		}
	});

	test('no port is open to other machines', () => {
		each(({ ports }, name) => {
			for (const port of ports ?? []) expect(port.host_ip, name).toBe('127.0.0.1');
		});
		expect(ready.postgres?.ports).toBeUndefined();
	});

	test('each server has a health check, each one-time job ends', () => {
		each(({ healthcheck, restart }, name) => {
			if (ONE_SHOTS.includes(name)) expect(restart, name).toMatch(/^(no|on-failure:\d+)$/);
			// A worker serves no port; Temporal shows who polls.
			else if (name !== 'worker') expect(healthcheck?.test.length, name).toBeGreaterThan(1);
		});
	});

	test('no worker polls before the search attributes are there, no server starts before its schema is', () => {
		expect(ready.worker?.depends_on?.['temporal-namespace']?.condition).toBe('service_completed_successfully');
		expect(ready['temporal-namespace']?.depends_on?.temporal?.condition).toBe('service_healthy');
		expect(ready.temporal?.depends_on?.['temporal-schema']?.condition).toBe('service_completed_successfully');
		expect(ready['temporal-schema']?.depends_on?.postgres?.condition).toBe('service_healthy');
	});

	test.each(ROLES)('%s runs a main that the build makes, and may write nowhere', (role) => {
		const [node, main] = ready[role]?.command ?? [];
		expect(node).toBe('node');
		expect(main).toMatch(/^dist\/.+\.js$/);
		expect(existsSync(join(root, (main ?? '').replace('dist/', '').replace('.js', '.ts')))).toBe(true);
		expect(ready[role]?.read_only).toBe(true);
	});

	test('every file it mounts exists', () => {
		each(({ volumes }, name) => {
			for (const { type, source } of volumes ?? []) if (type === 'bind') expect(existsSync(source), name).toBe(true);
		});
	});
});

test('.env.example tells every variable that only Compose reads, with its default', () => {
	const used = [...file.matchAll(/\$\{([A-Z_]+):-([^}]*)\}/g)].map(([, name = '', value = '']) => [name, value]);
	const own = used.filter(([name]) => !VARIABLE_NAMES.includes(name as (typeof VARIABLE_NAMES)[number]));
	expect(Object.fromEntries(own)).toEqual(composeVariables);
	expect(file).not.toMatch(/\$\{[A-Z_]+\}/);
});

test('the image is built of every room but those of tests', () => {
	const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { include: string[] };
	const rooms = include.filter((room) => room !== 'test' && room !== 'bench').sort();
	const entries = readFileSync(join(root, '.dockerignore'), 'utf8').match(/(?<=^!)[\w-]+$/gm);
	expect(entries?.sort()).toEqual(rooms);
});
