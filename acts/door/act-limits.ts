import type { Db } from '../../database/connect.js';
import { takeFromLimits } from '../../database/limits.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { DAY_MS, HOUR_MS, type Instant, secondsUntil } from '../../domain/time.js';
import type { Api } from '../context.js';

/**
 * Counts an act of an account before it costs anything, whatever it comes to (ASVS 2.4.1). `by` are the parts of whom a
 * limit of its own belongs to: an assurance, so that a session with the password alone cannot use up the acts of those
 * that gave the second factor; or a network, so that a thief's sign-ins do not count against the user's.
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
