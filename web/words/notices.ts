/** What a page may say above itself about the one before; named in a cookie (`web/http/flash.ts`), so it holds nothing else. */
export const NOTICES = ['session-ended', 'logged-out', 'already-done', 'deferred', 'code-sent'] as const;
export type Notice = (typeof NOTICES)[number];

export function isNotice(value: unknown): value is Notice {
	return NOTICES.some((notice) => notice === value);
}
