import { randomInt } from 'node:crypto';

/** Six digits (NIST SP 800-63B-4 3.1.3.2) from the CSPRNG. */
export function mintPasscode(): string {
	return randomInt(1_000_000).toString().padStart(6, '0');
}
