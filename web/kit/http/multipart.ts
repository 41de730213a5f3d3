import { areTexts } from '../../../domain/text.js';

/**
 * The fields of a form with a file, by Node's own reader (WHATWG Fetch). Null when the body is none, or a field is no text.
 * A file may be anything: the list that is read from it says what is wrong.
 */
export async function partsOf(body: Buffer, type: string): Promise<Record<string, string> | null> {
	const whole = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
	const form = await whole.formData().catch(() => null);
	if (!form) return null;
	const fields = new Map<string, string>();
	for (const [name, value] of form) {
		if (!areTexts(typeof value === 'string' ? [name, value] : [name])) return null;
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
