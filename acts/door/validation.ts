import type { z } from 'zod';
import { type Refusal, refuse } from '../../domain/refusal.js';

type FieldError = NonNullable<Refusal['errors']>[number];

/** Limits the answer, so that a body full of mistakes cannot cause a longer one. */
const ERRORS_MAX = 20;

/** Marks a check that JSON Schema cannot express: the text is well-formed but not acceptable. */
export const UNACCEPTABLE = { unacceptable: true } as const;

/** RFC 9110, 15.5.21: the syntax is right, the content is not. */
const UNPROCESSABLE = 422;

function isUnacceptable(issue: z.core.$ZodIssue): boolean {
	return issue.code === 'custom' && issue.params?.unacceptable === true;
}

/** The parsed `value`, or `invalid-request` with an error for each wrong member. */
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

/** Names each unknown member. It never quotes a value: the value may be a misplaced secret. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => ({
			pointer: pointerTo([...issue.path, key]),
			code: 'unknown-member',
			detail: 'This request does not accept this member.',
		}));
	}
	const missing = issue.code === 'invalid_type' && issue.input === undefined;
	return [
		{
			pointer: pointerTo(issue.path),
			code: missing ? 'missing' : issue.code.replaceAll('_', '-'),
			detail: missing ? 'This member is required.' : issue.message,
		},
	];
}

/** RFC 6901, 3: `~` and `/` inside a name are escaped. */
function pointerTo(path: readonly PropertyKey[]): string {
	return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
