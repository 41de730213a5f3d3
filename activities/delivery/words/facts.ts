import type { Part } from '../mail.js';

/** The facts of a mail by their labels, without those that are none. */
export function facts(rows: readonly (readonly [label: string, value: string | null])[]): Part[] {
	return rows.flatMap(([label, value]) => (value ? [{ kind: 'fact', label, value } as const] : []));
}
