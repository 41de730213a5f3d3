import { hash, verify } from '@node-rs/argon2';
import type { Policy } from '../policy.js';

/** OWASP Password Storage: argon2id with 19 MiB, two passes, one lane. Written into each digest. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const PARAMETERS = `$argon2id$v=19$m=${ARGON2ID.memoryCost},t=${ARGON2ID.timeCost},p=${ARGON2ID.parallelism}$`;

/**
 * Scoring costs two seconds at 256 characters and up to 180 ms at these. A shorter prefix may not decide: that of a weak
 * text, repeated, is stronger than the whole.
 */
const SCORED_LENGTH = 64;
const SCORE_MIN = 3;

/** Why a password is refused, in the order in which pages show the reasons. */
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

/** What an estimate of guesses (zxcvbn) says of a text. */
export interface Strength {
	/** 0 to 4. */
	score: number;
	/** The whole text stands in a list of common passwords. */
	isListed: boolean;
}

/**
 * Estimates a text of at most `SCORED_LENGTH` characters for a guesser who knows `words`. A dependency, because it is
 * costly.
 */
export type Scorer = (text: string, words: string[]) => Promise<Strength>;

/** What a password is judged by. */
export interface PasswordJudge {
	context: PasswordContext;
	policy: Pick<Policy, 'passwordLengthMin' | 'passwordLengthMax'>;
	score: Scorer;
}

/** UTF-16 units: no configuration allows longer passwords. The cost grows with the square: 9 ms for 4,096 marks on one letter. */
const NORMALIZED_LENGTH_MAX = 2_048;

/** NFC, so that one text typed on two keyboards is one password (NIST SP 800-63B-4 3.1.1.2). No password is longer. */
function normalize(password: string): string {
	return password.length <= NORMALIZED_LENGTH_MAX ? password.normalize('NFC') : password;
}

/** The argon2id digest of a password, in PHC format. 15–22 ms of CPU. */
export function hashPassword(password: string): Promise<string> {
	return hash(normalize(password), ARGON2ID);
}

/** Whether the digest was made of this password. A malformed digest verifies nothing. */
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
 * Everything that is wrong with a password, at once. No composition rules (NIST SP 800-63B-4 3.1.1.2(5)): length, a
 * list of common ones, and what a guesser who knows the user would try. One code point counts as one character.
 */
export async function passwordFlaws(password: string, judge: PasswordJudge): Promise<PasswordFlaw[]> {
	const { context, policy } = judge;
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
	const flaw = await guessability(text, judge);
	if (flaw) flaws.push(flaw);
	return flaws;
}

async function guessability(text: string, { context, score }: PasswordJudge): Promise<PasswordFlaw | null> {
	const words = [...emailWords(context.email), ...nameWords(context.name), context.productName.toLowerCase()];
	const strength = await score([...text].slice(0, SCORED_LENGTH).join(''), words);
	if (strength.score >= SCORE_MIN) return null;
	return strength.isListed ? 'common' : 'guessable';
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
