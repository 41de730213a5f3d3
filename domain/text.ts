/** C0 and C1 controls but tab, line feed and carriage return, which people type and paste. */
const CONTROLS = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';
/** Everything that is white space and stays in a line; what `trim` removes. */
const BLANKS = ' \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000\\ufeff';
const LINE_BREAKS = '\\t\\n\\r\\u2028\\u2029';

/** Text as it may come from outside, of any number of lines. OpenAPI documents publish the pattern. */
export const TEXT = new RegExp(`^[^${CONTROLS}]*$`);
/** One line of text that says something. */
export const LINE = new RegExp(`^[${BLANKS}]*[^${CONTROLS}${LINE_BREAKS}${BLANKS}][^${CONTROLS}${LINE_BREAKS}]*$`);

/** Half a surrogate pair is no character: PostgreSQL refuses it, and a digest takes it for another one. */
export function isWellFormed(text: string): boolean {
	return !/\p{Surrogate}/u.test(text);
}

/** Whether every text of a form or a query is one (`TEXT`): the database holds no NUL, and no keyboard types a control. */
export function areTexts(texts: Iterable<string>): boolean {
	return [...texts].every((text) => TEXT.test(text) && isWellFormed(text));
}

/** In characters as people count them: code points, as JSON Schema does. */
export function isWithin(text: string, max: number): boolean {
	return text.length <= max || [...text].length <= max;
}
