import { randomUUID } from 'node:crypto';
import { type Request, type RequestHandler, urlencoded } from 'express';
import { BODY_LENGTH_MAX } from '../../api/http/body.js';
import { areTexts } from '../../domain/text.js';

/** Which of a page's acts a form asks for, and the key that makes its repeat recognizable. */
export const ACT_FIELD = 'act';
export const KEY_FIELD = 'key';
/** What we made; anything else is no key of ours. */
const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A form as it was sent: each field once, as text. */
export type Fields = Readonly<Record<string, string>>;

/** Reads the body of a form. What is no form is left unread, and has no fields. */
export const readForm: RequestHandler = urlencoded({ extended: false, limit: BODY_LENGTH_MAX, parameterLimit: 50 });

export function fieldsOf(req: Request): Fields {
	return textsIn((req.body ?? {}) as Record<string, unknown>);
}

/** The members that are texts, each the object's own: a name from outside never leads to what objects inherit. */
export function textsIn(given: Readonly<Record<string, unknown>>): Fields {
	return Object.fromEntries(
		Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
	);
}

/** Refuses a page whose query or form holds control characters (`domain/text.ts`), before anything reads it. */
export const refuseControls: RequestHandler = (req, _res, next) => {
	const given = [req.query, req.body ?? {}].flatMap((texts) => Object.entries(texts).flat(2));
	next(areTexts(given.map(String)) ? undefined : new NotText());
};

/** A form or a query that holds control characters. `status` makes it the client's error, as Express's own are. */
export class NotText extends Error {
	readonly status = 400;
}

export function mintKey(): string {
	return randomUUID();
}

/** What makes a repeat of this form recognizable: its key, and what else was in it. */
export function idempotencyOf(req: Request, fields: Fields): { key: string; request: string } | undefined {
	const { [KEY_FIELD]: key, ...others } = fields;
	if (!key || !KEY.test(key)) return undefined;
	const canonical = JSON.stringify(Object.fromEntries(Object.entries(others).sort()));
	return { key, request: `${req.method} ${req.path} ${canonical}` };
}
