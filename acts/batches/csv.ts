/** Characters. Five thousand people take a third of them. */
export const CSV_LENGTH_MAX = 1_000_000;

/** One line of a list, with the number it has in the text: a quoted field may span several. */
export interface CsvLine {
	number: number;
	fields: string[];
}

/** The separators that spreadsheets export and put on the clipboard. */
const DELIMITERS = ['\t', ';', ','] as const;

/**
 * The lines of a list, without empty ones. The separator is tab, semicolon or comma: the most frequent in the first line
 * that has one. Fields may be quoted as in RFC 4180. Null when a quoted field does not end.
 */
export function readCsv(text: string): CsvLine[] | null {
	const plain = text.replace(/^\uFEFF/, '');
	const delimiter = delimiterOf(/^.*[\t;,].*$/m.exec(plain)?.[0] ?? '');
	const lines: CsvLine[] = [];
	let number = 1;
	let at = 0;
	while (at < plain.length) {
		const line = readLine(plain, at, delimiter);
		if (!line) return null;
		if (line.fields.some((field) => field !== '')) lines.push({ number, fields: line.fields });
		number += line.height;
		at = line.end;
	}
	return lines;
}

function delimiterOf(line: string): string {
	const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
	return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

interface Line {
	fields: string[];
	/** Where the next one begins. */
	end: number;
	/** How many lines of the text it takes. */
	height: number;
}

function readLine(text: string, from: number, delimiter: string): Line | null {
	const fields: string[] = [];
	let at = from;
	let height = 1;
	for (;;) {
		const quoted = text[at] === '"' ? readQuoted(text, at) : { value: '', end: at };
		if (!quoted) return null;
		const rest = readPlain(text, quoted.end, delimiter);
		fields.push((quoted.value + rest.value).trim());
		height += quoted.value.split('\n').length - 1;
		at = rest.end;
		if (text[at] !== delimiter) break;
		at += 1;
	}
	return { fields, end: at + (text.startsWith('\r\n', at) ? 2 : 1), height };
}

function readPlain(text: string, from: number, delimiter: string): { value: string; end: number } {
	let end = from;
	while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
	return { value: text.slice(from, end), end };
}

/** The text between quotes; a doubled quote means one. Null when the quotes are not closed. */
function readQuoted(text: string, from: number): { value: string; end: number } | null {
	let close = text.indexOf('"', from + 1);
	while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
	return close < 0 ? null : { value: text.slice(from + 1, close).replaceAll('""', '"'), end: close + 1 };
}
