import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTerminal } from '../../embedded/terminal.mjs';

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'performance'] });
});
afterEach(() => vi.useRealTimers());

it('is silent about what takes less than two seconds', async () => {
	const { terminal, written } = open({ isTTY: false });
	await during(
		terminal.step('Building', () => pause(1_900)),
		1_900,
	);
	expect(written()).toBe('');
});

it('says what takes long, that it still goes on, and when it is done', async () => {
	const { terminal, written } = open({ isTTY: false });
	const step = terminal.step('Finding Temporal', async (say) => {
		say('Compiling Temporal');
		await pause(40_000);
	});
	await during(step, 40_000);
	const lines = written()
		.trim()
		.split('\n')
		.map((line) => line.trim());
	expect(lines[0]).toBe('Compiling Temporal …');
	expect(lines.slice(1, -1)).toEqual(['… 17 s', '… 32 s']);
	expect(lines.at(-1)).toBe('done: Finding Temporal 40 s');
});

it('writes no control characters where no person looks or NO_COLOR is set', async () => {
	for (const [isTTY, env] of [
		[false, {}],
		[true, { NO_COLOR: '1' }],
		[true, { TERM: 'dumb' }],
	] as const) {
		const { terminal, written } = open({ isTTY, env });
		terminal.error(terminal.bold('wrong'));
		await during(
			terminal.step('Building', () => pause(3_000)),
			3_000,
		);
		expect(written()).toContain('wrong');
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
		expect(written()).not.toMatch(/[\u001b\r]/);
	}
});

it('draws over one line where a person looks, and leaves none of it when the step fails', async () => {
	const { terminal, written } = open({ isTTY: true });
	const step = terminal.step('Building', () => pause(3_000).then(() => Promise.reject(new Error('no'))));
	const failed = expect(step).rejects.toThrow('no');
	await vi.advanceTimersByTimeAsync(3_000);
	await failed;
	expect(written()).toContain('Building');
	expect(written().endsWith('\r\u001b[2K')).toBe(true);
	expect(written()).not.toContain('\n');
});

function open({ isTTY, env = {} }: { isTTY: boolean; env?: NodeJS.ProcessEnv }) {
	const out = Object.assign(new PassThrough(), { isTTY });
	const terminal = createTerminal(out as unknown as NodeJS.WriteStream, env);
	let text = '';
	out.on('data', (chunk) => {
		text += chunk;
	});
	return { terminal, written: () => text };
}

function pause(ms: number): Promise<void> {
	return new Promise((done) => setTimeout(done, ms));
}

async function during(step: Promise<unknown>, ms: number): Promise<void> {
	await vi.advanceTimersByTimeAsync(ms);
	await step;
}
