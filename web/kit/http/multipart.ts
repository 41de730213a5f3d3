/** The fields of a form with a file, by Node's own reader (WHATWG Fetch). Null when the body is none. */
export async function partsOf(body: Buffer, type: string): Promise<Record<string, string> | null> {
	const whole = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
	const form = await whole.formData().catch(() => null);
	if (!form) return null;
	const fields: [string, string][] = [];
	for (const [name, value] of form) {
		fields.push([name, typeof value === 'string' ? value : textOf(Buffer.from(await value.arrayBuffer()))]);
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
