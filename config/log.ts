import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './index.js';

export type { Logger };

/** Lines of JSON on standard output, with the time in ISO 8601. Callers log named fields, never a body or a whole error. */
export function createLogger(config: Pick<Config, 'logLevel'>): Logger {
	return pino({
		level: config.logLevel,
		base: null,
		timestamp: stdTimeFunctions.isoTime,
	});
}
