import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../setup/child.js';

const children: ChildProcess[] = [];
afterEach(() => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** `worker/main.ts` as a process of its own, in an environment of its own. */
async function runMain(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'worker/main.ts'], {
		env: { PATH: process.env.PATH, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	children.push(child);
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
	const [code] = await once(child, 'close');
	return { code, said };
}

test('a worker that was given nothing says all that is missing, and does not start', async () => {
	const { code, said } = await runMain({});
	expect(code).toBe(78);
	for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'ENCRYPTION_KEYS', 'SMTP_URL', 'TWILIO_ACCOUNT_SID']) {
		expect(said).toContain(`${name} is missing`);
	}
	expect(said).not.toMatch(/at .*:\d+:\d+/);
});

test('a worker that cannot reach Temporal ends, and shows no secret', async () => {
	const { code, said } = await runMain({
		DATABASE_URL: 'postgres://nobody:secret-of-the-database@127.0.0.1:1/none',
		TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
		ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
		SMTP_URL: 'smtp://user:secret-of-the-mail@127.0.0.1:1',
		MAIL_FROM: 'no-reply@example.com',
		TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
		TWILIO_AUTH_TOKEN: 'secret-of-the-sms',
		TWILIO_FROM: '+15005550006',
		SMS_ALLOWED_COUNTRIES: 'BR',
	});
	expect(said).toContain('does not answer');
	expect(code).toBe(1);
	expect(said).not.toContain('secret-of');
});
