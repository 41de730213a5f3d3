import { readFileSync } from 'node:fs';
import { SECRET_NAMES } from './variables.js';

/**
 * The environment with every `NAME_FILE` of a secret replaced by `NAME`, read from that file without its last line
 * break. A file that cannot be read, and a secret given both ways, is a problem. Empty variables count as unset, since
 * Compose passes variables that are not set as empty ones.
 */
export function withSecretsFromFiles(env: NodeJS.ProcessEnv, problems: string[]): Record<string, string> {
	const given: Record<string, string> = {};
	for (const [name, value] of Object.entries(env)) if (value) given[name] = value;
	for (const name of SECRET_NAMES) {
		const path = given[`${name}_FILE`];
		if (!path) continue;
		if (given[name]) problems.push(`${name} and ${name}_FILE are both given: keep one.`);
		try {
			given[name] = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
		} catch {
			problems.push(`${name}_FILE names a file that cannot be read.`);
		}
	}
	return given;
}
