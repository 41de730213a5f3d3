import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { takeLock } from '../../embedded/lock.mjs';
import { temporaryFolder } from './folders.js';

const START = fileURLToPath(new URL('../../embedded/start.mjs', import.meta.url));

it('a second start names the process that holds the data, since when and where, and touches nothing', async () => {
	const dataDir = temporaryFolder();
	takeLock(dataDir).describe({ address: 'http://127.0.0.1:3000' });
	const { code, output } = await start({ DATA_DIR: dataDir });
	expect(code).toBe(1);
	expect(output).toMatch(new RegExp(`Process +${process.pid}, since \\d{4}-\\d\\d-\\d\\dT`));
	expect(output).toContain('http://127.0.0.1:3000');
	expect(output).not.toContain('\u001b');
	expect(readdirSync(dataDir)).toEqual(['lock.1']);
});

it('tells all that is wrong with the configuration, and leaves the data free', async () => {
	const dataDir = temporaryFolder();
	const { code, output } = await start({ DATA_DIR: dataDir, PASSCODE_LIFETIME: 'soon', PORT: 'http' });
	expect(code).toBe(78);
	expect(output).toContain('PASSCODE_LIFETIME');
	expect(output).toContain('PORT');
	expect(() => takeLock(dataDir)).not.toThrow();
});

it('names a way out when the port that was asked for is taken', async () => {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	onTestFinished(() => void server.close());
	const address = server.address();
	const PORT = String(address && typeof address === 'object' && address.port);
	const { code, output } = await start({ DATA_DIR: temporaryFolder(), PORT });
	expect(code).toBe(78);
	expect(output).toContain(`Port ${PORT} is taken by another program. Stop that program, or set PORT to another port.`);
});

it('closes a data folder that others may enter, before anything is written there', async () => {
	const dataDir = temporaryFolder();
	chmodSync(dataDir, 0o755);
	takeLock(dataDir);
	expect((await start({ DATA_DIR: dataDir })).code).toBe(1);
	expect(statSync(dataDir).mode & 0o777).toBe(0o700);
}, 30_000);

it.skipIf(process.getuid?.() !== 0)(
	'refuses a data folder of another user, and says what to do',
	async () => {
		const dataDir = temporaryFolder();
		chownSync(dataDir, 12_345, 12_345);
		const { code, output } = await start({ DATA_DIR: dataDir });
		expect(code).toBe(1);
		expect(output).toContain(dataDir);
		expect(output).toContain('belongs to another user');
		expect(output).toContain('DATA_DIR=');
		expect(readdirSync(dataDir)).toEqual([]);
	},
	30_000,
);

/** Runs the start until it ends by itself. */
async function start(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
	const child = spawn(process.execPath, [START], { env: { PATH: process.env.PATH, ...env } });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => {
			output += chunk;
		});
	}
	const [code] = await once(child, 'close');
	return { code, output };
}
