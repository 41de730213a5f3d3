import { hash, verify } from '@node-rs/argon2';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import type { Policy } from '../policy.js';

/** OWASP Password Storage: argon2id with 19 MiB, two passes, one lane. Written into each digest. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const PARAMETERS = `$argon2id$v=19$m=${ARGON2ID.memoryCost},t=${ARGON2ID.timeCost},p=${ARGON2ID.parallelism}$`;

/** Scoring costs two seconds at 256 characters, and the first 64 decide. */
const SCORED_LENGTH = 64;
const SCORE_MIN = 3;

/** Why a password is not accepted, in the order a reader should hear of it. */
export type PasswordFlaw =
	| 'too-short'
	| 'too-long'
	| 'contains-email'
	| 'contains-name'
	| 'contains-product'
	| 'temporary'
	| 'common'
	| 'guessable';

/** What a password must not contain. */
export interface PasswordContext {
	email: string;
	name: string | null;
	productName: string;
}

const scorer = new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });

/** NFC, so that one text typed on two keyboards is one password (NIST SP 800-63B-4 3.1.1.2). */
function normalize(password: string): string {
	return password.normalize('NFC');
}

/** The argon2id digest of a password, in PHC format. 15–22 ms of CPU. */
export function hashPassword(password: string): Promise<string> {
	return hash(normalize(password), ARGON2ID);
}

/** Whether the password is the digest's. A malformed digest verifies nothing. */
export async function verifyPassword(digest: string, password: string): Promise<boolean> {
	try {
		return await verify(digest, normalize(password));
	} catch {
		return false;
	}
}

/** Whether the digest was made with parameters we no longer use, so that sign-in should make a new one. */
export function isOutdated(digest: string): boolean {
	return !digest.startsWith(PARAMETERS);
}

/**
 * Everything that is wrong with a password, at once. No composition rules (NIST SP 800-63B-4 3.1.1.2(5)): length, a list of
 * common ones, and what anybody who knows the reader would try. One code point counts as one character.
 */
export function passwordFlaws(password: string, context: PasswordContext, policy: Policy): PasswordFlaw[] {
	const text = normalize(password);
	const length = [...text].length;
	const folded = text.toLowerCase();
	const flaws: PasswordFlaw[] = [];
	if (length < policy.passwordLengthMin) flaws.push('too-short');
	if (length > policy.passwordLengthMax) flaws.push('too-long');
	if (emailWords(context.email).some((word) => folded.includes(word))) flaws.push('contains-email');
	if (nameWords(context.name).some((word) => folded.includes(word))) flaws.push('contains-name');
	const product = squeeze(context.productName.toLowerCase());
	if (product && squeeze(folded).includes(product)) flaws.push('contains-product');
	if (flaws.includes('too-long')) return flaws;
	const flaw = guessability(text, context);
	if (flaw) flaws.push(flaw);
	return flaws;
}

function guessability(text: string, context: PasswordContext): PasswordFlaw | null {
	const words = [...emailWords(context.email), ...nameWords(context.name), context.productName.toLowerCase()];
	const scored = scorer.check([...text].slice(0, SCORED_LENGTH).join(''), words);
	if (scored.score >= SCORE_MIN) return null;
	const [match, ...more] = scored.sequence;
	// What the reader is called is said by a flaw of its own.
	const isListed = match?.pattern === 'dictionary' && match.dictionaryName !== 'userInputs';
	const whole = more.length === 0 && isListed;
	return whole ? 'common' : 'guessable';
}

/** The e-mail and its local part, where that is long enough not to be chance. */
function emailWords(email: string): string[] {
	const address = email.toLowerCase();
	const local = address.slice(0, address.lastIndexOf('@'));
	return local.length >= 4 ? [address, local] : [address];
}

function nameWords(name: string | null): string[] {
	return normalize(name ?? '')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => [...word].length >= 4);
}

function squeeze(text: string): string {
	return text.replace(/[^\p{L}\p{N}]+/gu, '');
}
