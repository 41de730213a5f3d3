/** What can be wrong with a field at the desk. */
export const DESK_FLAWS = [
	'email-missing',
	'email-invalid',
	'name-invalid',
	'locale-invalid',
	'reason-missing',
	'reason-invalid',
] as const;
export type DeskFlaw = (typeof DESK_FLAWS)[number];
