import { randomUUID } from 'node:crypto';
import { type Request, type Response, raw, urlencoded } from 'express';
import { type Refusal, refuse } from '../../../domain/refusal.js';
import { areTexts } from '../../../domain/text.js';
import { isUuid } from '../../../domain/uuid.js';
import { partsOf } from './multipart.js';

/** Which of a page's acts a form asks for, and the key that makes its repeat recognizable. */
export const ACT_FIELD = 'act';
export const KEY_FIELD = 'key';
const URL_ENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
/** No form of ours has half as many. */
const FIELDS_MAX = 50;

/** A form as it was sent: each field once, as text. */
export type Fields = Readonly<Record<string, string>>;

/** What a form brought. */
export interface Sent {
	fields: Fields;
}

/**
 * Reads the form that was sent; a file in it is a field as well. What is no text (`domain/text.ts`) is refused before anything
 * reads it. The fields lie in a member of their own: one of them may be named like a member of a refusal.
 * @throws an error with status 413 when it is too long
 */
export async function readForm(req: Request, res: Response, lengthMax: number): Promise<Sent | Refusal> {
	const isMultipart = Boolean(req.is(MULTIPART));
	if (!isMultipart && !req.is(URL_ENCODED)) return refuse('unsupported-media-type');
	const read = isMultipart
		? raw({ type: MULTIPART, limit: lengthMax })
		: urlencoded({ extended: false, limit: lengthMax, parameterLimit: FIELDS_MAX });
	await new Promise<void>((resolve, reject) => {
		read(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
	});
	if (isMultipart) return partsOf(Buffer.from(req.body ?? ''), req.headers['content-type'] ?? '');
	return holdsTexts(req.body ?? {}) ? { fields: fieldsOf(req) } : refuse('invalid-request');
}

/** Whether a query or a form, each name with one value or several, holds text alone. */
export function holdsTexts(given: object): boolean {
	return areTexts(Object.entries(given).flat(2).map(String));
}

function fieldsOf(req: Request): Fields {
	const body = (req.body ?? {}) as Record<string, unknown>;
	return Object.fromEntries(
		Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
	);
}

export function mintKey(): string {
	return randomUUID();
}

/** What makes a repeat of this form recognizable: its key, and what else was in it. */
export function idempotencyOf(req: Request, fields: Fields): { key: string; request: string } | undefined {
	const { [KEY_FIELD]: key, ...others } = fields;
	if (!key || !isUuid(key)) return undefined;
	const canonical = JSON.stringify(Object.fromEntries(Object.entries(others).sort()));
	return { key, request: `${req.method} ${req.path} ${canonical}` };
}
