import type { Refusal } from '../../domain/refusal.js';
import { type Trouble, troubleOf } from '../refusals.js';
import type { Desk } from './desk.js';
import type { DeskFlaw } from './flaws.js';

/** What is wrong with the fields of a form, each flaw naming its field: `email-missing` → `email`. */
export function flawsAsTrouble({ words }: Pick<Desk, 'words'>, flaws: readonly DeskFlaw[]): Trouble | null {
	if (flaws.length === 0) return null;
	const problems = flaws.map((flaw) => ({ text: words.flaws[flaw], field: flaw.slice(0, flaw.indexOf('-')) }));
	return { problems, fields: Object.fromEntries(problems.map(({ text, field }) => [field, text])) };
}

/** What an act refused, above the form that asked for it. */
export function refusalAsTrouble(desk: Desk, refusal: Refusal): Trouble {
	const { problems } = troubleOf({ ...desk, notice: null }, { ...refusal, errors: [] });
	return { problems, fields: {} };
}
