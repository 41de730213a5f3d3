import { SECRET_NAMES, VARIABLE_NAMES } from './variables.js';

const OURS: readonly string[] = [...VARIABLE_NAMES, ...SECRET_NAMES.map((name) => `${name}_FILE`)];
/** Shorter names resemble too many variables of other programs (`HOST`, `HOME`). */
const COMPARABLE_LENGTH = 8;

/** A warning for each unknown variable whose name is close to one of ours: a misspelt limit protects nothing. */
export function misspelledWarnings(names: string[]): string[] {
	return names
		.filter((name) => name.length >= COMPARABLE_LENGTH && !OURS.includes(name))
		.flatMap((name) => {
			const meant = OURS.find((known) => isNear(name.toUpperCase(), known));
			return meant ? [`${name} is not a variable of this program. Did you mean ${meant}?`] : [];
		});
}

function isNear(name: string, known: string): boolean {
	return known.length >= COMPARABLE_LENGTH && Math.abs(name.length - known.length) <= 2 && distance(name, known) <= 2;
}

/** Levenshtein distance of two words. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (const [j, other] of [...b].entries()) {
			next.push(Math.min((row[j] ?? 0) + Number(letter !== other), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}
