import { type PersonFlaw, readCorrection, readPerson, readReason } from '../../acts/accounts/person.js';
import type { Refusal } from '../../domain/refusal.js';
import { refuseFields } from '../kit/errors.js';
import type { Fields } from '../kit/http/form.js';
import type { DeskFlaw } from '../words/flaws.js';

/** The person and the reason that a form gives, or every flaw of its fields. */
export function readPersonAndReason({ email, name, locale, reason }: Fields) {
	return withReason(readPerson({ email, name, locale }), reason);
}

/** The name, language and reason that a form gives, or every flaw of its fields. */
export function readCorrectionAndReason({ name, locale, reason }: Fields) {
	return withReason(readCorrection({ name, locale }), reason);
}

function withReason<Read extends object>(
	read: Read | { flaws: PersonFlaw[] },
	typed: string | undefined,
): (Read & { reason: string }) | Refusal {
	const why = readReason(typed);
	if (!('flaws' in read) && 'reason' in why) return { ...read, reason: why.reason };
	return refuseFlaws([...('flaws' in read ? read.flaws : []), ...('flaw' in why ? [why.flaw] : [])]);
}

/** The reason that a form gives, or its flaw. */
export function readWhy(fields: Fields): { reason: string } | Refusal {
	const why = readReason(fields.reason);
	return 'reason' in why ? why : refuseFlaws([why.flaw]);
}

/** Each flaw names its field: `email-missing` → `email`. */
function refuseFlaws(flaws: readonly DeskFlaw[]): Refusal {
	return refuseFields(flaws.map((code) => ({ field: code.slice(0, code.indexOf('-')), code })));
}
