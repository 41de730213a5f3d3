import { type Refusal, refuse } from '../../domain/refusal.js';
import { MINUTE_MS, SECOND_MS } from '../../domain/time.js';
import type { RefusalValues, Words } from '../words/words.js';
import { isolate } from './say.js';
import type { Visit } from './visit.js';

/** The errors of a form, in the reader's language. */
export interface FormErrors {
	/** Every error; `field` is the id of the field to correct. */
	summary: { text: string; field: string | null }[];
	/** The errors by the id of their field, one per line. */
	fields: Readonly<Record<string, string>>;
}

/** The field of a refusal that names none. */
const FIELD_OF: Partial<Record<Refusal['refusal'], string>> = {
	'invalid-credentials': 'password',
	'password-rejected': 'password',
	'wrong-code': 'code',
	'code-expired': 'code',
	'code-superseded': 'code',
	'phone-number-invalid': 'number',
	'email-taken': 'email',
};

/** RFC 9110, 15.5.21: the syntax of the form is right, its content is not. */
const UNPROCESSABLE = 422;

/** Refuses a form, with the code of each field's flaw. */
export function refuseFields(flaws: readonly { field: string; code: string }[]): Refusal {
	const errors = flaws.map(({ field, code }) => ({ pointer: `/${field}`, code, detail: code }));
	return refuse('invalid-request', { status: UNPROCESSABLE, errors });
}

type FlawWords = (code: string, values: RefusalValues) => string | null;
const NO_FLAWS: FlawWords = () => null;

/** The sentences about a refusal: one for each wrong field, or one for the whole. `sends`: the act sends an SMS. */
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
	// The summary has the long sentence; the field gets a short one.
	if (refusal.refusal === 'invalid-credentials') fields.set('password', words.flaws.credentials(values));
	return { summary, fields: Object.fromEntries(fields) };
}

/** From this number of attempts on, the page shows how many are left. */
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
