import type { Db } from '../../database/connect.js';
import { takeFromLimits } from '../../database/limits.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { DAY_MS, HOUR_MS, type Instant, secondsUntil } from '../../domain/time.js';
import type { Api } from '../context.js';

/**
 * Counts an act of an account before the act costs anything, whatever its outcome (ASVS 2.4.1). Returns `rate-limited`
 * when the hour or the day is full, else null. Each value of `by` has a limit of its own. With an assurance, a session
 * that has only the password cannot use up the acts of two-factor sessions. With a network, a thief's sign-ins do not
 * count against the user's.
 */
export async function countAct(
	{ keys, policy }: Pick<Api, 'keys' | 'policy'>,
	db: Db,
	{ accountId, by }: { accountId: string; by: string[] },
	now: Instant,
): Promise<Refusal | null> {
	const key = (window: string) => keys.digest('limit', 'acts', accountId, ...by, window);
	const hour = { key: key('hour'), limit: policy.actsPerHour, windowMs: HOUR_MS };
	const day = { key: key('day'), limit: policy.actsPerDay, windowMs: DAY_MS };
	const opensAt = await takeFromLimits(db, [hour, day], now);
	if (!opensAt) return null;
	const detail = 'Too many requests for this account. Wait, then try again.';
	return refuse('rate-limited', { retryAfter: secondsUntil(now, opensAt), detail });
}
