import type { Refusal } from '../domain/refusal.js';
import { MINUTE_MS, SECOND_MS } from '../domain/time.js';
import { isolate } from './say.js';
import type { Visit } from './visit.js';
import type { FieldFlaw, RefusalValues, Words } from './words/words.js';

/** What went wrong with a form, in the reader's words; `field` is the id of what to put right. */
export interface Trouble {
	problems: { text: string; field: string | null }[];
	/** What is wrong with each field, a line each. */
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
};

/** The sentences about a refusal: one for each field that is wrong, or one about all. `sending`: it was about an SMS. */
export function troubleOf(visit: Visit, refusal: Refusal, sending = false): Trouble {
	const { words } = visit.speech;
	const values = valuesOf(visit, refusal, sending);
	const flaws = refusal.clockOffsetSeconds ? [] : (refusal.errors ?? []);
	const found = flaws.flatMap(({ pointer, code }) => {
		const text = flawText(words, code, values);
		return text ? [{ text, field: pointer.slice(1) }] : [];
	});
	const whole = { text: words.refusals[refusal.refusal](values), field: FIELD_OF[refusal.refusal] ?? null };
	const problems = withAttempts(words, refusal, found.length > 0 ? found : [whole]);
	const fields: Record<string, string> = {};
	for (const { text, field } of problems) {
		if (field) fields[field] = fields[field] ? `${fields[field]}\n${text}` : text;
	}
	// Said at length above; at the fields a word is enough.
	if (refusal.refusal === 'invalid-credentials') fields.password = words.flaws.credentials(values);
	return { problems, fields };
}

function flawText(words: Words, code: string, values: RefusalValues): string | null {
	return Object.hasOwn(words.flaws, code) ? words.flaws[code as FieldFlaw](values) : null;
}

/** How many attempts are left is worth a word once they are few. */
const FEW = 5;

function withAttempts(words: Words, { attemptsLeft }: Refusal, problems: Trouble['problems']): Trouble['problems'] {
	if (!attemptsLeft || attemptsLeft > FEW) return problems;
	return problems.map(({ text, field }) => ({ text: `${text} ${words.phoneCode.attemptsLeft(attemptsLeft)}`, field }));
}

function valuesOf({ speech, api, options }: Visit, refusal: Refusal, sending: boolean): RefusalValues {
	const { retryAfter, clockOffsetSeconds: offset, liveCode } = refusal;
	return {
		contact: isolate(speech.words, options.supportContact),
		wait: speech.lasting(retryAfter === undefined ? MINUTE_MS : retryAfter * SECOND_MS),
		final: retryAfter === undefined,
		sending,
		liveCode: liveCode === undefined ? null : speech.number(liveCode),
		clock: offset ? { by: speech.lasting(Math.abs(offset) * SECOND_MS), ahead: offset > 0 } : null,
		passwordLength: {
			min: speech.number(api.policy.passwordLengthMin),
			max: speech.number(api.policy.passwordLengthMax),
		},
		product: isolate(speech.words, options.productName),
	};
}
