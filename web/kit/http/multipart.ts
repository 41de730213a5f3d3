import { type Refusal, refuse } from '../../../domain/refusal.js';
import { areTexts } from '../../../domain/text.js';

/** RFC 9110, 15.5.21: the kind of body is right, its content is not. */
const UNPROCESSABLE = 422;

/**
 * The fields of a form with a file, parsed by Node's own reader (WHATWG Fetch). It accepts any file: the check of the list
 * reports what is wrong.
 */
export async function partsOf(body: Buffer, type: string): Promise<{ fields: Record<string, string> } | Refusal> {
	const whole = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
	const form = await whole.formData().catch(() => null);
	if (!form) return refuse('invalid-request', { status: UNPROCESSABLE });
	const fields = new Map<string, string>();
	for (const [name, value] of form) {
		if (!areTexts(typeof value === 'string' ? [name, value] : [name])) return refuse('invalid-request');
		fields.set(name, typeof value === 'string' ? value : textOf(Buffer.from(await value.arrayBuffer())));
	}
	return { fields: Object.fromEntries(fields) };
}

/** Decodes UTF-8, or else the encoding that Western spreadsheets write. */
function textOf(bytes: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'windows-1252').decode(bytes);
	}
}
