import type { z } from 'zod';
import { type Refusal, refuse } from '../../domain/refusal.js';

type FieldError = NonNullable<Refusal['errors']>[number];

/** A body of nothing but mistakes must not be answered by a longer one. */
const ERRORS_MAX = 20;

/** Marks a check that no JSON Schema can state: the text is well-formed and still cannot be taken. */
export const UNACCEPTABLE = { unacceptable: true } as const;

/** RFC 9110, 15.5.21: understood, and not right. */
const UNPROCESSABLE = 422;

function isUnacceptable(issue: z.core.$ZodIssue): boolean {
	return issue.code === 'custom' && issue.params?.unacceptable === true;
}

/** What a schema makes of `value`, or a refusal that names every member that is wrong. */
export function validate<S extends z.ZodType>(
	schema: S,
	value: unknown,
	what: string,
): { value: z.output<S> } | Refusal {
	const result = schema.safeParse(value, { reportInput: true });
	if (result.success) return { value: result.data };
	return refuse('invalid-request', {
		detail: `The ${what} is not what this request takes.`,
		errors: result.error.issues.flatMap(fieldErrors).slice(0, ERRORS_MAX),
		...(result.error.issues.every(isUnacceptable) && { status: UNPROCESSABLE }),
	});
}

/** Unknown members are named one by one. A value is never quoted: it may be a secret in the wrong place. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => ({
			pointer: pointerTo([...issue.path, key]),
			code: 'unknown-member',
			detail: 'This request does not take it.',
		}));
	}
	const missing = issue.code === 'invalid_type' && issue.input === undefined;
	return [
		{
			pointer: pointerTo(issue.path),
			code: missing ? 'missing' : issue.code.replaceAll('_', '-'),
			detail: missing ? 'It is required.' : issue.message,
		},
	];
}

/** RFC 6901, 3: `~` and `/` inside a name are escaped. */
function pointerTo(path: readonly PropertyKey[]): string {
	return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
