import { type Request, type Response, raw, urlencoded } from 'express';
import { CSV_LENGTH_MAX } from '../../acts/batches/csv.js';
import { areTexts } from '../../domain/text.js';
import { type Fields, fieldsOf, NotText } from '../http/form.js';

/** Bytes. A list as a form sends it: each character that is no letter takes three, or it comes as a file. */
const FORM_LENGTH_MAX = 3 * CSV_LENGTH_MAX + 16_384;
const MULTIPART = 'multipart/form-data';

const readFields = urlencoded({ extended: false, limit: FORM_LENGTH_MAX, parameterLimit: 50 });
const readBytes = raw({ type: MULTIPART, limit: FORM_LENGTH_MAX });

/** The form that was sent to the desk, a file with it: every field as text. What is no form has no fields. */
export async function readDeskForm(req: Request, res: Response): Promise<Fields> {
	const read = req.is(MULTIPART) ? readBytes : readFields;
	await new Promise<void>((resolve, reject) => {
		read(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
	});
	if (Buffer.isBuffer(req.body)) return partsOf(req.body, req.headers['content-type'] ?? '');
	const fields = fieldsOf(req);
	if (!areTexts(Object.entries(fields).flat())) throw new NotText();
	return fields;
}

/** The platform's own reader of such a body (WHATWG Fetch), on bytes whose number is bounded already. */
async function partsOf(body: Buffer, type: string): Promise<Fields> {
	const whole = new globalThis.Response(new Uint8Array(body), { headers: { 'content-type': type } });
	const form = await whole.formData().catch(() => []);
	const fields = new Map<string, string>();
	for (const [name, value] of form) {
		// A file may be anything; the list that is read from it says what is wrong.
		if (!areTexts(typeof value === 'string' ? [name, value] : [name])) throw new NotText();
		fields.set(name, typeof value === 'string' ? value : textOf(Buffer.from(await value.arrayBuffer())));
	}
	return Object.fromEntries(fields);
}

/** UTF-8, or what spreadsheets in the West write where it is not. */
function textOf(bytes: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'windows-1252').decode(bytes);
	}
}
