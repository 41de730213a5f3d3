import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const biome = join(root, 'node_modules/.bin/biome');

/** What must be caught, and where: a file, its one line, a word of the reason. */
const CAUGHT: [file: string, line: string, reason: string][] = [
	['domain/step.ts', `export { loadConfig } from '../config/index.js';`, 'imports nothing of ours'],
	['domain/credentials/totp.ts', `import '../../database/connect.js';`, 'imports nothing of ours'],
	['config/index.ts', `export { connect } from '../database/connect.js';`, 'domain/ alone'],
	['database/phones.ts', `export const api = await import('../api/phone.js');`, 'others ask'],
	['database/phones.ts', `export { loadConfig } from '../config/index.js';`, 'others ask'],
	['console/migrate.ts', `export { work } from '../worker/worker.js';`, 'for operations'],
	['workflows/onboarding.ts', `export { deliverSms } from '../activities/delivery/sms.js';`, 'by their types'],
	['workflows/onboarding.ts', `export { KeyRing } from '../domain/credentials/keys.js';`, 'sandbox'],
	['workflows/onboarding.ts', `export { parsePhone } from '../domain/phone.js';`, 'sandbox'],
	['workflows/onboarding.ts', `export { randomUUID } from 'node:crypto';`, 'sandbox'],
	['workflows/onboarding.ts', `export { z } from 'zod';`, 'sandbox'],
	['workflows/onboarding.ts', `export { connect } from '../database/connect.js';`, 'at every replay'],
	['activities/delivery/sms.ts', `export { route } from '../../api/routes/phone.js';`, 'no way back'],
	['activities/remind.ts', `export { onboarding } from '../workflows/onboarding.js';`, 'no way back'],
	['acts/phone/phone.ts', `export { loadConfig } from '../config/index.js';`, 'does not depend on its caller'],
	[
		'acts/phone/phone.ts',
		`export { createSignals } from '../../temporal/signals.js';`,
		'does not depend on its caller',
	],
	['acts/phone/phone.ts', `export { route } from '../../api/routes/phone.js';`, 'does not depend on its caller'],
	['temporal/sweep.ts', `export { phone } from '../acts/phone/phone.js';`, 'tells workflows'],
	['api/routes/phone.ts', `export { deliverSms } from '../../activities/delivery/sms.js';`, 'requests into acts'],
	['api/routes/phone.ts', `export { connect } from '../../database/connect.js';`, 'requests into acts'],
	['temporal/signals.ts', `export { onboarding } from '../workflows/onboarding.js';`, 'Only the names'],
	['api/main.ts', `export { startTemporal } from '../embedded/temporal-process.js';`, 'composition'],
	['worker/worker.ts', `export { onboarding } from '../workflows/onboarding.js';`, 'by path'],
	['worker/worker.ts', `export { createApp } from '../api/app.js';`, 'does not know the caller'],
	['web/phone.tsx', `export { route } from '../api/routes/phone.js';`, 'JSON routes'],
	['web/phone.tsx', `export { connect } from '../database/connect.js';`, 'nothing behind them'],
	['web/kit/form.tsx', `export { homePage } from '../pages/home.js';`, 'knows no page'],
	['web/kit/form.tsx', `export { deskSection } from '../desk/section.js';`, 'knows no page'],
	['web/kit/form.tsx', `export { route } from '../../api/routes/phone.js';`, 'JSON routes'],
	['acts/phone/phone.ts', 'export const at = Date.now();', 'Clock'],
	['activities/remind.ts', 'export const at = new Date().toISOString();', 'Clock'],
	['acts/phone/phone.ts', 'export const port = process.env.PORT;', 'loadConfig'],
	['database/phones.ts', 'export const due = sql`select * from phones where expires_at < now()`;', 'parameter'],
	['database/phones.ts', 'export const stamped = sql`select $' + '{n} + 1, CURRENT_TIMESTAMP`;', 'parameter'],
];

/** What the table of rooms allows. */
const ALLOWED: [file: string, line: string][] = [
	['domain/credentials/totp.ts', `export type { Instant } from '../time.js';`],
	['config/index.ts', `export { DEFAULT_POLICY } from '../domain/policy.js';`],
	['config/clock.ts', 'export const at = new Date().toISOString();'],
	['config/index.ts', 'export const port = process.env.PORT;'],
	['console/migrate.ts', `export { loadConfig } from '../config/index.js';`],
	['workflows/onboarding.ts', `export type { Activities } from '../activities/types.js';`],
	['workflows/onboarding.ts', `export { nextStep } from '../domain/step.js';`],
	['workflows/onboarding.ts', 'export const at = Date.now();'],
	['activities/delivery/sms.ts', `export { messages } from '../../database/messages.js';`],
	['activities/expire.ts', `export { expire } from '../acts/time/expire.js';`],
	['acts/phone/phone.ts', `export { phones } from '../../database/phones.js';`],
	['api/routes/phone.ts', `export { verify } from '../../acts/phone/phone.js';`],
	['console/agents.ts', `export { addAgent } from '../acts/accounts/agents.js';`],
	['temporal/signals.ts', `export { ONBOARDING } from '../workflows/messages.js';`],
	['api/main.ts', `export { loadConfig } from '../config/index.js';`],
	['api/main.ts', 'export const config = loadConfig(process.env);'],
	['worker/worker.ts', `export { createActivities } from '../activities/index.js';`],
	['web/phone.tsx', `export { verifyPhone } from '../acts/phone/phone.js';`],
	['web/phone.tsx', `export { networkOf } from '../api/http/network.js';`],
	['web/kit/form.tsx', `export { getProfile } from '../../acts/accounts/profile.js';`],
	['web/kit/frame.tsx', `export { speechFor } from '../words/speech.js';`],
	['embedded/start.ts', `export { createApp } from '../api/app.js';`],
	['domain/time.ts', 'export const after = (at: string, ms: number) => new Date(Date.parse(at) + ms);'],
	['database/phones.ts', 'export const rows = sql`select * from phones where expires_at < $' + '{clock.now()}`;'],
];

let refused: Map<string, string>;
beforeAll(() => {
	refused = lintPlanted([...CAUGHT, ...ALLOWED]);
});

describe('a room cannot be left', () => {
	test.each(CAUGHT)('%s: %s', (file, line, reason) => {
		expect(refused.get(`${file}: ${line}`)).toContain(reason);
	});
});

describe('what the table of rooms allows passes', () => {
	test.each(ALLOWED)('%s: %s', (file, line) => {
		expect(refused.get(`${file}: ${line}`)).toBeUndefined();
	});
});

/** Plants the lines in files of their names, in a tree of nothing else, and gives the reason for which each is refused. */
function lintPlanted(cases: [file: string, line: string, reason?: string][]): Map<string, string> {
	const planted = new Map<string, string[]>();
	for (const [file, line] of cases) planted.set(file, [...(planted.get(file) ?? []), line]);
	const folder = mkdtempSync(join(tmpdir(), 'fences-'));
	try {
		cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
		cpSync(import.meta.dirname, join(folder, 'test/fences'), { recursive: true });
		for (const [file, lines] of planted) {
			mkdirSync(dirname(join(folder, file)), { recursive: true });
			writeFileSync(join(folder, file), lines.join('\n'));
		}
		const args = ['lint', '--reporter=json', '--max-diagnostics=none', ...planted.keys()];
		const { stdout } = spawnSync(biome, args, { cwd: folder, encoding: 'utf8' });
		const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
		return new Map(
			diagnostics.map(({ location, message }) => {
				const line = planted.get(location.path)?.[location.start.line - 1];
				return [`${location.path}: ${line}`, message];
			}),
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

interface Diagnostic {
	message: string;
	location: { path: string; start: { line: number } };
}

test('the whole tree stands within the fences', () => {
	execFileSync(biome, ['check', '--colors=off', '.'], { cwd: root, stdio: 'pipe' });
});

test('every export has an importer, every dependency a use', () => {
	execFileSync(join(root, 'node_modules/.bin/knip'), { cwd: root, stdio: 'pipe' });
});
