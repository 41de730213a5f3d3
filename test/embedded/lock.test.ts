import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { LockHeldError, takeLock } from '../../embedded/lock.mjs';
import { isRunning, startTimeOf, thisProcess } from '../../embedded/process-identity.mjs';
import { temporaryFolder } from './folders.js';

const HOLDER = fileURLToPath(new URL('./lock-holder.mjs', import.meta.url));

it('refuses a second owner and names the process that holds the folder, since when and where', () => {
	const folder = temporaryFolder();
	takeLock(folder).describe({ address: 'http://127.0.0.1:3000' });
	const refused = refusalOf(() => takeLock(folder));
	expect(refused.holder).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:3000' });
	expect(Date.parse(refused.holder.since)).toBeGreaterThan(Date.parse('2020-01-01'));
	expect(readdirSync(folder)).toEqual(['lock.1']);
});

it('makes a folder that only its owner enters', () => {
	const folder = join(temporaryFolder(), 'deep', 'data');
	takeLock(folder);
	expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('is taken over from an owner that was killed', async () => {
	const folder = temporaryFolder();
	const { said, child } = await startHolder(folder);
	expect(said).toBe('held');
	expect(refusalOf(() => takeLock(folder)).holder.pid).toBe(child.pid);
	child.kill('SIGKILL');
	await once(child, 'exit');
	takeLock(folder);
	expect(JSON.parse(readFileSync(join(folder, 'lock.2'), 'utf8'))).toMatchObject({ pid: process.pid });
	expect(readdirSync(folder)).toEqual(['lock.2']);
});

it('is taken over when another process has the pid of the ended owner', () => {
	const folder = temporaryFolder();
	const reused = { pid: process.pid, startedAt: 'before that', since: '2026-01-01T00:00:00.000Z' };
	writeFileSync(join(folder, 'lock.7'), JSON.stringify(reused));
	takeLock(folder);
	expect(readdirSync(folder)).toEqual(['lock.8']);
});

it('is free after a release', () => {
	const folder = temporaryFolder();
	takeLock(folder).release();
	takeLock(folder);
	expect(refusalOf(() => takeLock(folder)).holder.pid).toBe(process.pid);
});

it('has one winner when many find the same ended owner', async () => {
	const folder = temporaryFolder();
	const dead = { pid: process.pid, startedAt: 'before that', since: '2026-01-01T00:00:00.000Z' };
	writeFileSync(join(folder, 'lock.1'), JSON.stringify(dead));
	for (let round = 0; round < 2; round++) {
		const holders = await Promise.all(Array.from({ length: 6 }, () => startHolder(folder)));
		expect(holders.filter(({ said }) => said === 'held')).toHaveLength(1);
		for (const { child } of holders) child.kill('SIGKILL');
		await Promise.all(holders.map(({ exited }) => exited));
	}
});

it('counts a zombie as gone', async () => {
	// The shell's child ends while the shell, turned into another program, never asks for its end.
	const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
	onTestFinished(() => void parent.kill('SIGKILL'));
	const [printed] = await once(parent.stdout, 'data');
	const pid = Number(printed);
	const startedAt = startTimeOf(pid);
	expect(startedAt).not.toBeNull();
	await new Promise((done) => setTimeout(done, 400));
	// Signal 0 still reaches it: it is a zombie, not gone.
	expect(() => process.kill(pid, 0)).not.toThrow();
	expect(isRunning({ pid, startedAt: startedAt ?? '' })).toBe(false);
});

it('tells this process from one that had its pid', () => {
	expect(isRunning(thisProcess())).toBe(true);
	expect(isRunning({ ...thisProcess(), startedAt: 'before that' })).toBe(false);
});

function refusalOf(act: () => unknown): LockHeldError {
	try {
		act();
	} catch (error) {
		if (error instanceof LockHeldError) return error;
		throw error;
	}
	throw new Error('The lock was not refused.');
}

async function startHolder(folder: string): Promise<{ said: string; child: ChildProcess; exited: Promise<unknown> }> {
	const child = spawn(process.execPath, [HOLDER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
	const exited = once(child, 'exit');
	const [said] = await once(child.stdout, 'data');
	return { said: String(said).trim(), child, exited };
}
