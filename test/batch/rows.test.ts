import { describe, expect, test } from 'vitest';
import { CSV_LENGTH_MAX, readCsv } from '../../acts/batches/csv.js';
import { BATCH_ROWS_MAX, checkRows } from '../../acts/batches/rows.js';
import { ok, refused } from '../acts/acts.js';

const fieldsOf = (text: string) => readCsv(text)?.map(({ fields }) => fields);

describe('a list as spreadsheets write it', () => {
	test.each([
		[
			'commas',
			'a,b\nc,d',
			[
				['a', 'b'],
				['c', 'd'],
			],
		],
		[
			'semicolons, as where the comma is decimal',
			'a;b\r\nc;"d, e"',
			[
				['a', 'b'],
				['c', 'd, e'],
			],
		],
		[
			'tabs, as pasted',
			'a\tb\nc\td',
			[
				['a', 'b'],
				['c', 'd'],
			],
		],
		['one column', 'a\nb\n', [['a'], ['b']]],
		['a byte order mark', '\uFEFFa,b', [['a', 'b']]],
		['old line ends', 'a\rb', [['a'], ['b']]],
		[
			'quotes with a quote, a delimiter and a line end inside',
			'"a ""x"", y",b\n"c\nd",e',
			[
				['a "x", y', 'b'],
				['c\nd', 'e'],
			],
		],
		[
			'spaces around',
			'  a , b  \n\n   \nc,',
			[
				['a', 'b'],
				['c', ''],
			],
		],
		[
			'letters after a closing quote',
			'"a"b,c\nd,e',
			[
				['ab', 'c'],
				['d', 'e'],
			],
		],
		['nothing', '', []],
	] as const)('%s', (_, text, fields) => {
		expect(fieldsOf(text)).toEqual(fields);
	});

	test('lines keep the number they have in the text', () => {
		expect(readCsv('a\n\n"b\nc"\nd')?.map(({ number }) => number)).toEqual([1, 3, 5]);
	});

	test('a quotation mark that is never closed is no list', () => {
		expect(readCsv('a,"b\nc,d')).toBeNull();
	});

	test('the longest list is read at once', () => {
		const startedAt = performance.now();
		readCsv('"a","b"\n'.repeat(CSV_LENGTH_MAX / 8));
		readCsv(`"${'x'.repeat(CSV_LENGTH_MAX)}`);
		readCsv('"'.repeat(CSV_LENGTH_MAX));
		expect(performance.now() - startedAt).toBeLessThan(5_000);
	});
});

describe('what is wrong with a row is said before anything is sent', () => {
	const check = (csv: string) => ok(checkRows(csv));

	test('e-mail, name and language in this order where no line says another', () => {
		expect(check('Ana@Example.com,Ana Prado,pt-pt')).toEqual([
			{ line: 1, person: { email: 'ana@example.com', name: 'Ana Prado', locale: 'pt-PT' }, problems: [] },
		]);
	});

	test('a first line that names the columns, others among them left out', () => {
		const [row] = check('Nome;Departamento;E-mail\nAna;Vendas;ana@example.com');
		expect(row).toEqual({ line: 2, person: { email: 'ana@example.com', name: 'Ana' }, problems: [] });
	});

	test.each([
		['no e-mail', ',Ana', ['email-missing']],
		['no address', 'ana@', ['email-invalid']],
		['a foreign letter that becomes an ASCII one', 'kelvin@example.com'.replace('k', '\u212A'), ['email-invalid']],
		['two addresses in one', '"a@example.com, b@example.com"', ['email-invalid']],
		['a name of two lines', 'ana@example.com,"Ana\nBcc: x@y.example"', ['name-invalid']],
		['a language that is none', 'ana@example.com,Ana,klingonish language', ['locale-invalid']],
		['more fields than columns', 'ana@example.com,Ana,pt,x', ['too-many-fields']],
		['two things at once', 'ana@,Ana,_', ['email-invalid', 'locale-invalid']],
	])('%s', (_, line, problems) => {
		expect(check(`ok@example.com,Ok,en\n${line}`)[1]?.problems).toEqual(problems);
	});

	test('an e-mail that stands there twice is registered once', () => {
		const rows = check('ana@example.com\nANA@example.com \nbo@example.com');
		expect(rows.map(({ problems }) => problems)).toEqual([[], ['repeated'], []]);
	});

	test.each([
		['an empty list', 'email,name\n', 'invalid-request'],
		['nothing', ' \n ', 'invalid-request'],
		['a quote without end', 'a@example.com,"Ana', 'invalid-request'],
		['too many people', 'a@example.com\n'.repeat(BATCH_ROWS_MAX + 1), 'payload-too-large'],
		['too long a text', 'x'.repeat(CSV_LENGTH_MAX + 1), 'payload-too-large'],
	])('%s is refused as a whole', (_, csv, code) => {
		expect(refused(checkRows(csv)).refusal).toBe(code);
	});
});
