import { type Refusal, refuse } from '../../domain/refusal.js';
import { areTexts } from '../../domain/text.js';
import { type Person, type PersonFlaw, readPerson } from '../accounts/person.js';
import { CSV_LENGTH_MAX, type CsvLine, readCsv } from './csv.js';

/** Rows that one page can show and one agent can review. */
export const BATCH_ROWS_MAX = 5_000;

/** What can be wrong with a row. */
export type RowProblem = PersonFlaw | 'repeated' | 'too-many-fields';

/** What can be wrong with a list as a whole. */
export type ListFlaw = 'list-empty' | 'list-unreadable' | 'list-too-long';

export interface CheckedRow {
	/** The line of the text it begins at, from 1. */
	line: number;
	person: Person;
	problems: RowProblem[];
}

const COLUMNS = ['email', 'name', 'locale'] as const;
type Column = (typeof COLUMNS)[number];

/** Names of the columns, in the languages of the product. */
const HEADERS: Record<Column, RegExp> = {
	email: /^(e-?mail|mail|correo( electrónico)?|endereço de e-?mail|البريد الإلكتروني|بريد)$/i,
	name: /^(name|nome|nombre|الاسم|اسم)$/i,
	locale: /^(locale|language|lang|idioma|língua|lengua|اللغة|لغة)$/i,
};

/** The rows of a list of people: e-mail, name and language, in this order unless the first line names another. */
export function checkRows(csv: string): CheckedRow[] | Refusal {
	if (csv.length > CSV_LENGTH_MAX) return tooLong();
	const lines = areTexts([csv]) ? readCsv(csv) : null;
	if (!lines)
		return refuseList('list-unreadable', 'The list is no text, or a quotation mark is opened and never closed.');
	const columns = headerOf(lines[0]);
	const people = columns ? lines.slice(1) : lines;
	if (people.length === 0) return refuseList('list-empty', 'The list contains no person.');
	if (people.length > BATCH_ROWS_MAX) return tooLong();
	const seen = new Set<string>();
	return people.map((line) => {
		const row = checkRow(line, columns ?? COLUMNS);
		if (seen.has(row.person.email) && row.problems.length === 0) return { ...row, problems: ['repeated'] };
		seen.add(row.person.email);
		return row;
	});
}

function tooLong(): Refusal {
	const detail = `A list takes at most ${BATCH_ROWS_MAX} people and ${CSV_LENGTH_MAX} characters. Divide it.`;
	return refuse('payload-too-large', { detail, errors: [{ pointer: '/list', code: 'list-too-long', detail }] });
}

/** RFC 9110, 15.5.21: the syntax of the form is right, its list is not. */
function refuseList(code: ListFlaw, detail: string): Refusal {
	return refuse('invalid-request', { status: 422, detail, errors: [{ pointer: '/list', code, detail }] });
}

/** The columns that the first line names; null when that line is a person. */
function headerOf(line: CsvLine | undefined): (Column | null)[] | null {
	const columns = (line?.fields ?? []).map((field) => COLUMNS.find((column) => HEADERS[column].test(field)) ?? null);
	return columns.includes('email') ? columns : null;
}

function checkRow({ number, fields }: CsvLine, columns: readonly (Column | null)[]): CheckedRow {
	const given = fields.flatMap((field, index) => (columns[index] && field ? [[columns[index], field]] : []));
	const typed = Object.fromEntries(given) as Partial<Person>;
	const extra: RowProblem[] = fields.slice(columns.length).some(Boolean) ? ['too-many-fields'] : [];
	const read = readPerson(typed);
	if ('person' in read) return { line: number, person: read.person, problems: extra };
	return { line: number, person: { email: '', ...typed }, problems: [...read.flaws, ...extra] };
}
