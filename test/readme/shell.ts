import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

/** A shell that keeps its variables from one block to the next, as a reader's terminal does. */
export interface Shell {
	/** Gives what the block wrote. @throws with what it complained of */
	run(block: string): Promise<string>;
	stop(): void;
}

export function openShell(cwd: string): Shell {
	const child = spawn('sh', [], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
	let written = '';
	let complaints = '';
	let heard = () => {};
	child.stdout.on('data', (chunk) => {
		written += chunk;
		heard();
	});
	child.stderr.on('data', (chunk) => {
		complaints += chunk;
	});
	child.once('exit', () => heard());
	return {
		async run(block) {
			const end = `end of block ${randomUUID()}`;
			written = '';
			complaints = '';
			child.stdin.write(`${block}\necho '${end}'\n`);
			while (!written.includes(end)) {
				if (child.exitCode !== null) throw new Error(`The shell ended:\n${written}${complaints}`);
				await new Promise<void>((done) => {
					heard = done;
				});
			}
			if (complaints) throw new Error(`The block complains:\n${complaints}`);
			return written.slice(0, written.indexOf(end));
		},
		stop: () => child.kill('SIGKILL'),
	};
}
