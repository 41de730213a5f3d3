import { z } from 'zod';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { validate } from '../door/validation.js';
import { reason as reasonSchema, registrationBody } from '../fields.js';

/** A person to register, as an agent gives them. */
export interface Person {
	email: string;
	name?: string | undefined;
	/** A BCP 47 tag; English when none is given. */
	locale?: string | undefined;
}

/** What can be wrong with a person's data as typed. */
export type PersonFlaw = 'email-missing' | 'email-invalid' | 'name-invalid' | 'locale-invalid';

/** The person as typed, checked by the schema of a request, or every flaw. An empty text means no value. */
export function readPerson(typed: Partial<Person>): { person: Person } | { flaws: PersonFlaw[] } {
	const given = Object.entries(typed).filter(([, text]) => text?.trim());
	const valid = validate(registrationBody, Object.fromEntries(given), 'person');
	if (!isRefusal(valid)) return { person: valid.value };
	return { flaws: [...new Set((valid.errors ?? []).map(flawOf))] };
}

/** A name and a language as typed, where an empty name says that there is none; or all that is wrong. */
export function readCorrection(
	typed: Pick<Partial<Person>, 'name' | 'locale'>,
): { correction: { name: string | null; locale?: string | undefined } } | { flaws: PersonFlaw[] } {
	const name = typed.name?.trim() ? typed.name : null;
	const valid = validate(
		registrationBody.omit({ email: true }),
		{ ...(name && { name }), locale: typed.locale },
		'person',
	);
	if (!isRefusal(valid)) return { correction: { name: null, ...valid.value } };
	return { flaws: [...new Set((valid.errors ?? []).map(flawOf))] };
}

function flawOf({ pointer, code }: NonNullable<Refusal['errors']>[number]): PersonFlaw {
	if (pointer === '/email') return code === 'missing' ? 'email-missing' : 'email-invalid';
	return pointer === '/name' ? 'name-invalid' : 'locale-invalid';
}

/** The reason for an agent's act as typed, or its flaw. */
export function readReason(
	typed: string | undefined,
): { reason: string } | { flaw: 'reason-missing' | 'reason-invalid' } {
	if (!typed?.trim()) return { flaw: 'reason-missing' };
	const valid = validate(z.strictObject({ reason: reasonSchema }), { reason: typed }, 'reason');
	return isRefusal(valid) ? { flaw: 'reason-invalid' } : valid.value;
}
