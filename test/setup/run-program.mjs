import { spawn } from 'node:child_process';

/** Runs a program to its end; what it says goes to standard error. @throws when it ends otherwise than with 0 */
export function run(program, args, options = {}) {
	return new Promise((done, failed) => {
		const child = spawn(program, args, { stdio: ['ignore', 2, 2], ...options });
		child.once('error', failed);
		child.once('close', (code, signal) => {
			if (code === 0) done();
			else failed(new Error(`${[program, ...args].join(' ')} ended with ${code ?? signal}`));
		});
	});
}
