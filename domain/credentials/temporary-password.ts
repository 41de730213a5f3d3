import { randomInt } from 'node:crypto';

/** 32 characters that no reader takes for another: no 0, o, 1 or l, and one case only. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 7;
const GROUP_LENGTH = 4;

/** A temporary password: 28 characters of 32, 140 bits from the CSPRNG (ASVS 6.4.1), as `abcd-efgh-…`. */
export function mintTemporaryPassword(): string {
	return Array.from({ length: GROUPS }, mintGroup).join('-');
}

function mintGroup(): string {
	return Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** What a reader typed or pasted, as it was minted: without surrounding spaces, in lower case. */
export function normalizeTemporaryPassword(typed: string): string {
	return typed.trim().toLowerCase();
}
