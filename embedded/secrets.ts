import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** NIST SP 800-57 part 1: 256 bit for a key that other keys are derived from. */
const KEY_BYTES = 32;
const API_KEY_BYTES = 24;

/**
 * The key ring of a data folder in the form of `ENCRYPTION_KEYS`, made once. Without it, everything that it sealed is
 * lost.
 */
export function openEncryptionKeys(dataDir: string): string {
	return readOrMake(join(dataDir, 'encryption-keys'), () => {
		const id = randomBytes(4).toString('hex');
		return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
	});
}

/** The API key of agents, made once. */
export function openAgentApiKey(dataDir: string): string {
	return readOrMake(agentApiKeyFile(dataDir), () => randomBytes(API_KEY_BYTES).toString('base64url'));
}

export function agentApiKeyFile(dataDir: string): string {
	return join(dataDir, 'agent-api-key');
}

function readOrMake(path: string, make: () => string): string {
	if (!existsSync(path)) {
		writeFileSync(`${path}.new`, `${make()}\n`, { mode: 0o600 });
		renameSync(`${path}.new`, path);
	}
	const secret = readFileSync(path, 'utf8').trim();
	if (!secret) throw new Error(`${path} is empty. Bring it back from a copy, or start afresh with another DATA_DIR.`);
	return secret;
}
