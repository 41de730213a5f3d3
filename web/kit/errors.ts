import { type Refusal, refuse } from '../../domain/refusal.js';
import { MINUTE_MS, SECOND_MS } from '../../domain/time.js';
import type { RefusalValues, Words } from '../words/words.js';
import { isolate } from './say.js';
import type { Visit } from './visit.js';

/** What is wrong with a form, in the reader's words. */
export interface FormErrors {
	/** All of it; `field` is the id of what to put right. */
	summary: { text: string; field: string | null }[];
	/** By the id of each field, a line each. */
	fields: Readonly<Record<string, string>>;
}

/** Where a refusal without a field of its own belongs, if the form has such a field. */
const FIELD_OF: Partial<Record<Refusal['refusal'], string>> = {
	'invalid-credentials': 'password',
	'password-rejected': 'password',
	'wrong-code': 'code',
	'code-expired': 'code',
	'code-superseded': 'code',
	'phone-number-invalid': 'number',
	'email-taken': 'email',
};

/** RFC 9110, 15.5.21: the form was understood and is not right. */
const UNPROCESSABLE = 422;

/** Says what is wrong with the fields of a form, by codes that have words. */
export function refuseFields(flaws: readonly { field: string; code: string }[]): Refusal {
	const errors = flaws.map(({ field, code }) => ({ pointer: `/${field}`, code, detail: code }));
	return refuse('invalid-request', { status: UNPROCESSABLE, errors });
}

type FlawWords = (code: string, values: RefusalValues) => string | null;
const NO_FLAWS: FlawWords = () => null;

/** The sentences about a refusal: one for each field that is wrong, or one about all. `sends`: it is about an SMS. */
export function errorsOf(visit: Visit, refusal: Refusal, { sends = false, flaw = NO_FLAWS } = {}): FormErrors {
	const { words } = visit.speech;
	const values = valuesOf(visit, refusal, sends);
	const flaws = refusal.clockOffsetSeconds ? [] : (refusal.errors ?? []);
	const found = flaws.flatMap(({ pointer, code }) => {
		const text = flaw(code, values);
		return text ? [{ text, field: pointer.slice(1) }] : [];
	});
	const whole = { text: words.refusals[refusal.refusal](values), field: FIELD_OF[refusal.refusal] ?? null };
	const summary = withAttempts(words, refusal, found.length > 0 ? found : [whole]);
	const fields = new Map<string, string>();
	for (const { text, field } of summary) {
		if (field) fields.set(field, [fields.get(field), text].filter(Boolean).join('\n'));
	}
	// The summary says it at length; at the field a short sentence is enough.
	if (refusal.refusal === 'invalid-credentials') fields.set('password', words.flaws.credentials(values));
	return { summary, fields: Object.fromEntries(fields) };
}

/** How many attempts are left is worth a word once they are few. */
const FEW = 5;

function withAttempts(words: Words, { attemptsLeft }: Refusal, summary: FormErrors['summary']): FormErrors['summary'] {
	if (!attemptsLeft || attemptsLeft > FEW) return summary;
	return summary.map(({ text, field }) => ({ text: `${text} ${words.phoneCode.attemptsLeft(attemptsLeft)}`, field }));
}

function valuesOf({ speech, api, options }: Visit, refusal: Refusal, sends: boolean): RefusalValues {
	const { retryAfter, clockOffsetSeconds: offset, liveCode } = refusal;
	return {
		contact: isolate(speech.words, options.supportContact),
		wait: speech.lasting(retryAfter === undefined ? MINUTE_MS : retryAfter * SECOND_MS),
		final: retryAfter === undefined,
		sending: sends,
		liveCode: liveCode === undefined ? null : speech.number(liveCode),
		clock: offset ? { by: speech.lasting(Math.abs(offset) * SECOND_MS), ahead: offset > 0 } : null,
		passwordLength: {
			min: speech.number(api.policy.passwordLengthMin),
			max: speech.number(api.policy.passwordLengthMax),
		},
		product: isolate(speech.words, options.productName),
	};
}
