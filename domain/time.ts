/**
 * A moment: ISO 8601 in UTC with milliseconds (`2026-11-24T08:00:00.000Z`). All instants have this one shape, so they
 * compare as strings, travel as JSON and read well in Temporal UI.
 */
export type Instant = string;

/**
 * Tells the time. The door, every SQL statement and every activity take the time from it, so that tests can move it.
 */
export interface Clock {
	now(): Instant;
}

/** The moment `ms` milliseconds after `at` (before it when negative). */
export function after(at: Instant, ms: number): Instant {
	return new Date(Date.parse(at) + ms).toISOString();
}

/** Milliseconds from `from` until `to`; negative when `to` comes first. */
export function msUntil(from: Instant, to: Instant): number {
	return Date.parse(to) - Date.parse(from);
}

/** Whole seconds from `from` until `to`, rounded up and at least 1: the unit of `Retry-After` (RFC 9110, 10.2.3). */
export function secondsUntil(from: Instant, to: Instant): number {
	return Math.max(1, Math.ceil(msUntil(from, to) / 1000));
}

/** The earliest of the moments that are not null, or null. */
export function earliest(...moments: (Instant | null | undefined)[]): Instant | null {
	return moments.reduce<Instant | null>((first, at) => (at && (!first || at < first) ? at : first), null);
}

/** The latest of the moments that are not null, or null. */
export function latest(...moments: (Instant | null | undefined)[]): Instant | null {
	return moments.reduce<Instant | null>((last, at) => (at && (!last || at > last) ? at : last), null);
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const UNIT_MS = { ms: 1, s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const;

/** Milliseconds of a duration written `90s`, `10m`, `24h` or `7d`; null when it is not one. */
export function parseDuration(text: string): number | null {
	const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text.trim());
	return match ? Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS] : null;
}
