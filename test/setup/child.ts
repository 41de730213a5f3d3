import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that a test run started and ends. */
export interface Server {
	stop(): Promise<void>;
}

/** A server that can be out of order. */
export interface FrailServer extends Server {
	/** It is gone, and connections to its port are refused. */
	down(): Promise<void>;
	/** It is back on its port, with what it had kept. */
	up(): Promise<void>;
	/** The process stands still: it accepts connections and answers none. */
	freeze(): void;
	thaw(): void;
}

const STOP_WITHIN_MS = 5_000;

/** Starts a program that serves until it is stopped; what it says is kept for the error of one that ends too early. */
export function serve(command: string, args: string[], options: SpawnOptions = {}, signal: NodeJS.Signals = 'SIGTERM') {
	const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk) => {
			said = (said + chunk).slice(-4_000);
		});
	}
	child.on('error', (error) => {
		said += error.message;
	});
	return { child, said: () => said, stop: () => stop(child, signal) };
}

/** A server that `start` starts, ready, as often as it is asked to. */
export async function frail(start: () => Promise<ReturnType<typeof serve>>): Promise<FrailServer> {
	let running = await start();
	const signal = (name: NodeJS.Signals) => {
		for (const pid of familyOf(running.child.pid ?? 0)) process.kill(pid, name);
	};
	const down = () => {
		if (running.child.exitCode === null && running.child.signalCode === null) signal('SIGCONT');
		return running.stop();
	};
	return {
		down,
		stop: down,
		async up() {
			running = await start();
		},
		freeze: () => signal('SIGSTOP'),
		thaw: () => signal('SIGCONT'),
	};
}

/** A process and its children, parent first, so that none is born meanwhile. */
function familyOf(pid: number): number[] {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
	return [pid, ...children];
}

/** @throws what `attempt` last threw when it does not succeed in time, or at once when the server has ended */
export async function untilReady(
	{ child, said }: { child: ChildProcess; said(): string },
	withinMs: number,
	attempt: () => Promise<unknown>,
): Promise<void> {
	const deadline = performance.now() + withinMs;
	for (;;) {
		try {
			await attempt();
			return;
		} catch (error) {
			if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended before it was ready:\n${said()}`);
			if (performance.now() > deadline) throw error;
		}
		await pause(50);
	}
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((done) => child.once('exit', done));
	child.kill(signal);
	const patience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
	await ended;
	clearTimeout(patience);
}

/** A port of the loopback that is free now. */
export function freePort(): Promise<number> {
	return new Promise((done, failed) => {
		const probe = createServer();
		probe.once('error', failed);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => (address && typeof address === 'object' ? done(address.port) : failed(new Error('no port'))));
		});
	});
}
