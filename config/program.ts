import { type Config, ConfigError, loadConfig, type Role } from './index.js';
import { createLogger, type Logger } from './log.js';
import { onStopSignal } from './stop-signal.js';

/** `sysexits.h`: the configuration is wrong, and a restart does not help. */
const EX_CONFIG = 78;
const EX_FAILED = 1;

/** A dependency of the program is missing. The message is for operations and contains no value. */
export class CannotStartError extends Error {
	override readonly name = 'CannotStartError';
}

export interface Program {
	/** As its messages name it, for example "The API". */
	name: string;
	/** It reads the settings of this role and no others. */
	role: Role;
}

/** A program that runs until a signal stops it, or until it fails. */
export interface Running {
	stop(): Promise<void>;
	/** Rejects when the program cannot go on. */
	failed?: Promise<never>;
}

/**
 * One process: reads the configuration, starts, and stops at the first SIGTERM or SIGINT. A command has nothing to stop: it
 * ends when its start resolves, with the exit code that it gives. Exit codes: 78 for a wrong configuration, 1 for a failure.
 */
export function runProgram(
	{ name, role }: Program,
	start: (config: Config, log: Logger) => Promise<Running | number>,
): void {
	run(role, start).catch((error: unknown) => {
		console.error(explain(name, error));
		process.exit(error instanceof ConfigError ? EX_CONFIG : EX_FAILED);
	});
}

async function run(role: Role, start: (config: Config, log: Logger) => Promise<Running | number>): Promise<void> {
	const config = loadConfig(process.env, role);
	const log = createLogger(config);
	const running = await start(config, log);
	if (typeof running === 'number') {
		process.exitCode = running;
		return;
	}
	onStopSignal(async () => {
		log.info('stopping');
		await running.stop();
	});
	await running.failed;
}

/** Errors of drivers quote values. Of an error that we did not foresee, only its code or name is shown. */
function explain(name: string, error: unknown): string {
	if (error instanceof ConfigError || error instanceof CannotStartError) return error.message;
	const { name: kind, code } = error as NodeJS.ErrnoException;
	return `${name} failed: ${code ?? kind}.`;
}

/**
 * The settings that the embedded mode makes by itself and a process of its own must be given, keyed by variable.
 * @throws ConfigError that names every one that is missing
 */
export function requireSettings<T extends Record<string, unknown>>(
	given: T,
): { [Name in keyof T]: NonNullable<T[Name]> } {
	const missing = Object.entries(given).filter(([, value]) => !value);
	if (missing.length > 0) {
		throw new ConfigError(missing.map(([name]) => `${name} is missing: only \`npm start\` brings its own.`));
	}
	return given as { [Name in keyof T]: NonNullable<T[Name]> };
}
