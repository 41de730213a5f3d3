/** What an account's page says above itself about the act before; named in a cookie (`web/http/flash.ts`), so it holds nothing else. */
export const DESK_NOTICES = ['registered', 'reissued', 'corrected', 'erased', 'already-done'] as const;
export type DeskNotice = (typeof DESK_NOTICES)[number];

export function isDeskNotice(value: unknown): value is DeskNotice {
	return DESK_NOTICES.some((notice) => notice === value);
}
