/** The flashes of users' pages and of the desk. */
export const USER_FLASHES = ['session-ended', 'logged-out', 'already-done', 'deferred', 'code-sent'] as const;
export const DESK_FLASHES = [
	'registered',
	'reissued',
	'corrected',
	'erased',
	'unlocked',
	'frozen',
	'unfrozen',
	'sessions-ended',
	'person-corrected',
	'already-so',
	'frozen-first',
	'password-is-own',
] as const;
export type UserFlash = (typeof USER_FLASHES)[number];
export type DeskFlash = (typeof DESK_FLASHES)[number];
export type Flash = UserFlash | DeskFlash;

export function isFlash(value: unknown): value is Flash {
	return [...USER_FLASHES, ...DESK_FLASHES].some((flash) => flash === value);
}
