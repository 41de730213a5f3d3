import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './index.js';

export type { Logger };

/**
 * Lines of JSON with the time in ISO 8601, on standard output unless another `destination` is given. Callers log named
 * fields, never a body or a whole error.
 */
export function createLogger(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
	const options = { level: config.logLevel, base: null, timestamp: stdTimeFunctions.isoTime };
	return destination ? pino(options, destination) : pino(options);
}
