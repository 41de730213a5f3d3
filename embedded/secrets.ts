import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** NIST SP 800-57 part 1: 256 bit for keys that other keys are derived from. */
const KEY_BYTES = 32;
const API_KEY_BYTES = 24;

export interface EmbeddedSecrets {
	/** In the form of `ENCRYPTION_KEYS`: `id:base64`. */
	encryptionKeys: string;
	agentApiKey: string;
	agentApiKeyFile: string;
}

/** The secrets of a data folder, made on the first start. Whoever loses the ring loses every sealed row. */
export function openSecrets(dataDir: string): EmbeddedSecrets {
	const agentApiKeyFile = join(dataDir, 'agent-api-key');
	return {
		encryptionKeys: readOrMake(join(dataDir, 'encryption-keys'), () => {
			const id = randomBytes(4).toString('hex');
			return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
		}),
		agentApiKey: readOrMake(agentApiKeyFile, () => randomBytes(API_KEY_BYTES).toString('base64url')),
		agentApiKeyFile,
	};
}

function readOrMake(path: string, make: () => string): string {
	if (!existsSync(path)) {
		writeFileSync(`${path}.new`, `${make()}\n`, { mode: 0o600 });
		renameSync(`${path}.new`, path);
	}
	const secret = readFileSync(path, 'utf8').trim();
	if (!secret) throw new Error(`${path} is empty. Bring it back from a copy, or remove the data folder and start afresh.`);
	return secret;
}
