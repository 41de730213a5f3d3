import { randomInt } from 'node:crypto';

/** 32 characters that readers do not confuse: no 0, o, 1 or l, and one case only. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 7;
const GROUP_LENGTH = 4;
const LENGTH = GROUPS * GROUP_LENGTH;
/** Characters of a text in which a temporary password is looked for: bounds the work, and no password is longer. */
const LOOKED_AT = 1_024;

/** A temporary password: 28 characters of 32, 140 bits from the CSPRNG (ASVS 6.4.1), as `abcd-efgh-…`. */
export function mintTemporaryPassword(): string {
	return Array.from({ length: GROUPS }, mintGroup).join('-');
}

function mintGroup(): string {
	return Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** A typed or pasted temporary password in its minted form: without surrounding spaces, in lower case. */
export function normalizeTemporaryPassword(typed: string): string {
	return typed.trim().toLowerCase();
}

/**
 * Every run of a text that may be a temporary password, as one is minted, whatever stands around it or between its
 * characters: `ABCDEFGH…!` is no other password than `abcd-efgh-…` (ASVS 6.4.1).
 */
export function temporaryPasswordsIn(text: string): string[] {
	const characters = text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');
	const runs = Math.max(0, Math.min(characters.length, LOOKED_AT) - LENGTH + 1);
	return Array.from({ length: runs }, (_, start) => grouped(characters.slice(start, start + LENGTH)));
}

function grouped(characters: string): string {
	return Array.from({ length: GROUPS }, (_, n) => characters.slice(n * GROUP_LENGTH, (n + 1) * GROUP_LENGTH)).join('-');
}
