import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../config/index.js';
import { POLICY_VARIABLES } from '../../config/policy.js';
import { environmentSchema, SECRET_NAMES, VARIABLE_NAMES } from '../../config/variables.js';
import { DEFAULT_POLICY } from '../../domain/policy.js';

/** What stands above the part that is Compose's own. */
const [ours = '', compose = ''] = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8').split(
	'# --- docker-compose.yml alone\n',
);
const lines = ours.split('\n').filter((line) => /^#[A-Z]/.test(line) && line.includes('='));

function entryOf(line: string): [name: string, value: string] {
	const [entry] = Object.entries(parseEnv(line.slice(1)));
	return [entry?.[0] ?? '', entry?.[1] ?? ''];
}

describe('.env.example', () => {
	test('has every variable once, and no other', () => {
		expect(lines.map((line) => entryOf(line)[0]).sort()).toEqual([...VARIABLE_NAMES].sort());
	});

	test('sets nothing by itself', () => {
		expect(parseEnv(ours + compose)).toEqual({});
	});

	test('marks the secrets, which may come from files', () => {
		const marked = lines.filter((line) => line.includes('# *')).map((line) => entryOf(line)[0]);
		expect(marked.sort()).toEqual([...SECRET_NAMES].sort());
	});

	const defaults = lines.filter((line) => !/# (\* )?example/.test(line)).map(entryOf);
	test.each(defaults)('%s=%s is the default', (name, value) => {
		const told = loadConfig({ [name]: value, DATABASE_URL: 'postgres://db' });
		const untold = loadConfig({ DATABASE_URL: 'postgres://db' });
		const field = Object.entries(POLICY_VARIABLES).find(([, variable]) => variable === name)?.[0];
		if (field) {
			expect(told.policy[field as keyof typeof DEFAULT_POLICY]).toEqual(
				DEFAULT_POLICY[field as keyof typeof DEFAULT_POLICY],
			);
		} else {
			const { port, ui } = { port: told.http.portGiven, ui: told.temporal.uiPortGiven };
			const given = { http: { ...untold.http, portGiven: port }, temporal: { ...untold.temporal, uiPortGiven: ui } };
			expect(told).toEqual({ ...untold, ...given });
		}
	});

	test.each(lines.map(entryOf).filter(([, value]) => value !== ''))('%s=%s has the right shape', (name, value) => {
		expect(environmentSchema.safeParse({ [name]: value }).error?.issues).toBeUndefined();
	});

	test('calls nothing a default that has none', () => {
		const withDefault = VARIABLE_NAMES.filter((name) => environmentSchema.parse({})[name] !== undefined);
		expect(defaults.map(([name]) => name)).toEqual(expect.arrayContaining(withDefault));
	});

	test('tells the numbers that the embedded parts raise', () => {
		for (const [field, name] of Object.entries(POLICY_VARIABLES)) {
			const embedded = loadConfig({}).policy[field as keyof typeof DEFAULT_POLICY];
			const raised = embedded !== DEFAULT_POLICY[field as keyof typeof DEFAULT_POLICY];
			const line = lines.find((line) => line.startsWith(`#${name}=`));
			expect(line?.includes(`${embedded} with the embedded`), name).toBe(raised);
		}
	});
});
