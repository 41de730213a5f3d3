import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadConfig, type Role } from '../../config/index.js';
import { POLICY_VARIABLES } from '../../config/policy.js';
import { isForeign } from '../../config/roles.js';
import { SECRET_NAMES, VARIABLE_NAMES } from '../../config/variables.js';
import { parts } from '../setup/services.js';
import { resolveCompose, root, type Service } from './compose-file.js';

const ROLES = ['api', 'worker', 'migrate'] satisfies Role[];
const ONE_SHOTS = ['temporal-schema', 'temporal-namespace', 'migrate'];

/** What an operator of the stack must say. */
const NEEDED = {
	POSTGRES_PASSWORD: 'secret-of-postgres',
	TEMPORAL_DB_PASSWORD: 'secret-of-temporal',
	APP_DB_PASSWORD: 'secret-of-app',
	PUBLIC_URL: 'http://localhost:3000',
	SMTP_URL: 'smtp://mail.example.com:587',
	MAIL_FROM: 'no-reply@example.com',
	ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
	AGENT_API_KEY: `ann:${randomBytes(24).toString('hex')}`,
	TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
	TWILIO_AUTH_TOKEN: 'token',
	TWILIO_FROM: '+15005550006',
	SMS_ALLOWED_COUNTRIES: 'PT',
};

/** What an operator may say. */
const OTHERS = {
	PASSCODES_PER_DAY: '4',
	TWILIO_API_KEY: `SK${'0'.repeat(32)}`,
	TWILIO_API_SECRET: 'secret-of-twilio',
	DKIM_DOMAIN: 'example.com',
	DKIM_SELECTOR: 'mail',
	DKIM_PRIVATE_KEY: 'secret-of-dkim',
	TRUST_PROXY: 'false',
	SMS_PER_SECOND: '10',
};
/** Every limit, which both roles must see alike. */
const POLICY_AND_MORE = Object.fromEntries(Object.values(POLICY_VARIABLES).map((name) => [name, true]));
/** The database passwords of the services that are not ours. */
const PASSWORDS: Record<string, string[]> = {
	postgres: ['POSTGRES_PASSWORD', 'TEMPORAL_DB_PASSWORD', 'APP_DB_PASSWORD'],
	temporal: ['TEMPORAL_DB_PASSWORD'],
	'temporal-schema': ['TEMPORAL_DB_PASSWORD'],
};

const file = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
/** Compose's own variables: name and default, as `.env.example` tells them. */
const told = readFileSync(join(root, '.env.example'), 'utf8').split('# --- docker-compose.yml alone\n')[1] ?? '';
const composeVariables = parseEnv(told.replace(/^#/gm, '')) as Record<string, string>;

describe.skipIf(!parts.go)('docker-compose.yml', () => {
	let ready: Record<string, Service>;
	beforeAll(async () => {
		ready = await resolveCompose({ ...composeVariables, ...NEEDED, ...OTHERS });
	}, 180_000);

	const each = (act: (service: Service, name: string) => void) => {
		for (const [name, service] of Object.entries(ready)) act(service, name);
	};

	test('has the parts of the stack', () => {
		const names = ['api', 'mailpit', 'migrate', 'postgres', 'temporal', 'temporal-namespace', 'temporal-schema'];
		expect(Object.keys(ready).sort()).toEqual([...names, 'temporal-ui', 'worker']);
	});

	test('a misspelt key is refused', async () => {
		await expect(resolveCompose({ ...NEEDED, API_PORTS: 'no port' })).rejects.toThrow(/port/i);
	});

	test.each(ROLES)('%s sets variables of the schema alone, and starts with what `.env` must say', (role) => {
		expect(VARIABLE_NAMES).toEqual(expect.arrayContaining(Object.keys(ready[role]?.environment ?? {})));
		const config = loadConfig(ready[role]?.environment ?? {}, role);
		if (role !== 'migrate') {
			expect(config.policy.passcodesPerDay).toBe(4);
			expect(config.warnings).toEqual([expect.stringContaining('PUBLIC_URL is not https')]);
		}
		const database = new URL(config.databaseUrl ?? '');
		expect([database.username, database.hostname, database.pathname]).toEqual(['app', 'postgres', '/app']);
	});

	test('without a setting that `.env` must have, nothing starts, and Compose names it: no secret has a default', async () => {
		for (const name of Object.keys(NEEDED)) {
			if (['TWILIO_AUTH_TOKEN', 'TWILIO_FROM'].includes(name)) continue; // Others will do; the worker names them.
			await expect(resolveCompose({ ...NEEDED, [name]: '' }), name).rejects.toThrow(name);
		}
		for (const role of ['api', 'worker']) {
			expect(ready[role]?.depends_on?.migrate?.condition).toBe('service_completed_successfully');
		}
		expect(ready.migrate?.restart).toBe('no');
	}, 180_000);

	test('each service gets the secrets of its role alone', () => {
		const values = [...SECRET_NAMES.map((name) => ({ ...NEEDED, ...OTHERS })[name as keyof typeof NEEDED])];
		each(({ environment = {} }, name) => {
			const role = ROLES.find((role) => role === name);
			for (const variable of Object.keys(environment)) {
				if (role) expect(isForeign(role, variable), `${name} gets ${variable}`).toBe(false);
			}
			if (!role) for (const value of values) expect(Object.values(environment), name).not.toContain(value);
			const passwords = Object.entries(NEEDED).filter(([, value]) => JSON.stringify(environment).includes(value));
			const known = passwords.flatMap(([variable]) => (variable.endsWith('_PASSWORD') ? [variable] : []));
			expect(known, name).toEqual(PASSWORDS[name] ?? (role ? ['APP_DB_PASSWORD'] : []));
		});
	});

	test('a setting of `.env` reaches each role that reads it', () => {
		const settings = VARIABLE_NAMES.filter((name) => name in POLICY_AND_MORE);
		for (const role of ['api', 'worker'] as const) {
			for (const name of settings.filter((name) => !isForeign(role, name))) {
				expect(ready[role]?.environment, `${role} ${name}`).toHaveProperty(name);
			}
		}
	});

	test('Mailpit is started by its profile alone', () => {
		expect(ready.mailpit?.profiles).toEqual(['mailpit']);
		for (const service of Object.values(ready)) expect(Object.keys(service.depends_on ?? {})).not.toContain('mailpit');
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
	const used = [...file.matchAll(/\$\{([A-Z_]+):(?:-([^}]*)|\?[^}]*)\}/g)].map(([, name = '', value = '']) => [
		name,
		value,
	]);
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
