import type { MasterKey } from '../domain/credentials/keys.js';
import type { AgentApiKey } from './secret-lists.js';

/** ASVS 5.0, 7.2.3 asks 128 bits of a reference token; an API key is one that does not even expire. */
const API_KEY_BITS_MIN = 128;
/** The most bits a character carries: hexadecimal 4, base64url and all else that a header takes about 6. */
const BITS_OF_HEX = 4;
const BITS_OF_OTHERS = 6;
/** Of 32 random hexadecimal digits fewer than six differ once in 10^12 keys. */
const DIFFERENT_CHARACTERS_MIN = 6;
/** Of 32 random bytes fewer than twelve differ once in 10^20 keys. */
const DIFFERENT_BYTES_MIN = 12;
/** Once in 10^13 random keys of 32 bytes, all are. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * Keys that were not drawn at random, the sample of `.env.example` among them (NIST SP 800-133r2, 4: keys come from a
 * random bit generator). Laptops may have them; production refuses them.
 */
export function weakEncryptionKeys(keys: readonly MasterKey[]): string[] {
	return keys
		.filter(({ key }) => new Set(key).size < DIFFERENT_BYTES_MIN || PRINTABLE.test(Buffer.from(key).toString('latin1')))
		.map(
			({ id }) => `ENCRYPTION_KEYS: the key called ${id} is a sample or made up; make one by: openssl rand -base64 32.`,
		);
}

export function weakAgentApiKeys(keys: readonly AgentApiKey[]): string[] {
	return keys
		.filter(({ key }) => bitsAtMost(key) < API_KEY_BITS_MIN || new Set(key).size < DIFFERENT_CHARACTERS_MIN)
		.map(
			({ name }) =>
				`AGENT_API_KEY: the key of ${name} must have ${API_KEY_BITS_MIN} random bits or more in production; make one by: openssl rand -hex 24.`,
		);
}

function bitsAtMost(key: string): number {
	return key.length * (/^[0-9a-f]*$/i.test(key) ? BITS_OF_HEX : BITS_OF_OTHERS);
}
