import { randomUUID } from 'node:crypto';
import { type Request, type Response, raw, urlencoded } from 'express';
import { type Refusal, refuse } from '../../../domain/refusal.js';
import { areTexts } from '../../../domain/text.js';
import { isUuid } from '../../../domain/uuid.js';
import { partsOf } from './multipart.js';

/** Names of the fields for a page's act and for the idempotency key. */
export const ACT_FIELD = 'act';
export const KEY_FIELD = 'key';
const URL_ENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
/** More than twice as many as any form has. */
const FIELDS_MAX = 50;

/** The fields of a sent form: each once, as text. */
export type Fields = Readonly<Record<string, string>>;

/** A sent form. */
export interface Sent {
	fields: Fields;
}

/**
 * Reads a sent form; a file is a field as well. It refuses what is not text (`domain/text.ts`) before anything else reads it.
 * The fields have a member of their own, because a field may have the name of a refusal's member.
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

/** Whether every value of a query or a form is text. A name may have several values. */
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

/** Identifies a repeat of this form: its key and its other fields. */
export function idempotencyOf(req: Request, fields: Fields): { key: string; request: string } | undefined {
	const { [KEY_FIELD]: key, ...others } = fields;
	if (!key || !isUuid(key)) return undefined;
	const canonical = JSON.stringify(Object.fromEntries(Object.entries(others).sort()));
	return { key, request: `${req.method} ${req.path} ${canonical}` };
}
