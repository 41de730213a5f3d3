import { createHash, randomBytes } from 'node:crypto';

/** A session token: 256 bits, base64url. Only its digest is kept. */
export function mintSessionToken(): string {
	return randomBytes(32).toString('base64url');
}

/** SHA-256, hexadecimal: enough for what cannot be guessed. */
export function digestSessionToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
