import type { IncomingMessage } from 'node:http';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { Pace } from './pace.js';

/** Bytes. The largest legitimate request is under 1 KiB; what is read must be paid for by memory. */
export const BODY_LENGTH_MAX = 16_384;
/** Bytes. To parse and validate a longer body takes up to 2 ms. */
const ORDINARY_LENGTH_MAX = 1_024;
const longBodies = new Pace(1);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON body of a request, undefined when it has none. Refuses compressed bodies, so that the limit holds for the
 * parsed text. After a refusal the server discards the rest unread.
 */
export async function readBody(req: IncomingMessage): Promise<{ body: unknown } | Refusal> {
	const length = Number(req.headers['content-length'] ?? 0);
	if (length === 0 && req.headers['transfer-encoding'] === undefined) return { body: undefined };
	if (!isPlain(req, 'application/json')) {
		return refuse('unsupported-media-type', { detail: 'Send the body as application/json in UTF-8, not compressed.' });
	}
	if (length > BODY_LENGTH_MAX) return tooLarge();
	const bytes = await read(req);
	if (bytes === 'too-large') return tooLarge();
	if (bytes === 'cut-off') return cutOff();
	return bytes.length === 0 ? { body: undefined } : parse(bytes);
}

/** The fields of a form that was sent URL-encoded. A field that comes twice has its values in their order. */
export async function readFormFields(req: IncomingMessage): Promise<Map<string, string[]> | Refusal> {
	if (!isPlain(req, 'application/x-www-form-urlencoded')) {
		return refuse('unsupported-media-type', { detail: 'Send the body as application/x-www-form-urlencoded in UTF-8.' });
	}
	const bytes = await read(req);
	if (bytes === 'too-large') return tooLarge();
	if (bytes === 'cut-off') return cutOff();
	const fields = new Map<string, string[]>();
	for (const [name, value] of new URLSearchParams(bytes.toString('utf8'))) {
		const values = fields.get(name);
		if (values) values.push(value);
		else fields.set(name, [value]);
	}
	return fields;
}

function isPlain(req: IncomingMessage, wanted: string): boolean {
	const [type = '', ...parameters] = (req.headers['content-type'] ?? '').toLowerCase().split(';');
	const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
	const encoding = req.headers['content-encoding'] ?? 'identity';
	if (encoding !== 'identity' || type.trim() !== wanted) return false;
	return charset === undefined || /^charset="?utf-?8"?$/.test(charset);
}

async function read(req: IncomingMessage): Promise<Buffer | 'too-large' | 'cut-off'> {
	const chunks: Buffer[] = [];
	let length = 0;
	try {
		for await (const chunk of req.iterator({ destroyOnReturn: false })) {
			length += chunk.length;
			if (length > BODY_LENGTH_MAX) break;
			chunks.push(chunk);
		}
	} catch {
		return 'cut-off';
	}
	if (length > ORDINARY_LENGTH_MAX) await longBodies.start();
	if (length <= BODY_LENGTH_MAX) return Buffer.concat(chunks);
	// Node does not discard a body that was partly read, and the connection would wait for it.
	req.resume();
	return 'too-large';
}

function parse(bytes: Buffer): { body: unknown } | Refusal {
	try {
		return { body: JSON.parse(utf8.decode(bytes)) };
	} catch {
		return refuse('invalid-request', { detail: 'The body is not well-formed JSON in UTF-8.' });
	}
}

function cutOff(): Refusal {
	return refuse('invalid-request', { detail: 'The body ended early.' });
}

function tooLarge(): Refusal {
	return refuse('payload-too-large', { detail: `The body may have ${BODY_LENGTH_MAX} bytes at most.` });
}
