import { isWithin } from './text.js';

/** Code points. Longer than any name we greet; a mail shows it in one line. */
export const NAME_LENGTH_MAX = 100;
/** Parts of a name: "Maria da Conceição dos Santos Ferreira de Almeida e Silva" has ten. */
const PARTS_MAX = 12;

/** Joiners, which some scripts write inside words, count as letters; all other format characters are refused. */
const LETTER = '[\\p{L}\\p{M}\\u200c\\u200d]';
const UPPER = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}]';
/** After the first letter of a part: the rest of an abbreviation ("Dr.", "J.-P.", "Ph.D.") or of a word ("O'Neill"). */
const ABBREVIATION = `${LETTER}{0,4}\\.(?:-?\\p{L}\\.)*`;
const WORD = `${LETTER}*(?:['’·・‐‑-]${LETTER}+)*`;
const REST = `(?:${ABBREVIATION}|${WORD})['’"”)]{0,2}`;
const OPENING = `['‘’"“(]?`;
const SPACE = '[ \\u00a0]';

/**
 * What a name of a person may be, in any script. An agent writes names and our mails greet with them, so a name must not
 * read as anything else: no link or address, no phone number (two digits at most, at its end), no sentence (a comma leads
 * on to an upper-case part or ends with "jr."; a full stop follows an abbreviation), no control or direction characters.
 */
const PERSON_NAME = new RegExp(
	[
		`^${OPENING}\\p{L}${REST}`,
		`(?:${SPACE}+${OPENING}\\p{L}${REST}|,${SPACE}*${OPENING}${UPPER}${REST}){0,${PARTS_MAX - 1}}`,
		`(?:,${SPACE}*\\p{Ll}{1,4}\\.?|${SPACE}(?:\\p{L}{1,8}-?)?[0-9]{1,2}\\p{L}{0,2})?$`,
	].join(''),
	'u',
);

export function isPersonName(text: string): boolean {
	return isWithin(text, NAME_LENGTH_MAX) && PERSON_NAME.test(text);
}
