import { randomUUID } from 'node:crypto';
import type { Db } from '../../database/connect.js';
import type { NewAccount } from '../../database/schema.js';
import { after, DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../domain/time.js';

const ROWS_PER_INSERT = 100;

/** Fills the table with accounts at every step and need, as a platform would have them: most are through. */
export async function insertMany(db: Db, count: number, now: Instant): Promise<void> {
	for (let from = 0; from < count; from += ROWS_PER_INSERT) {
		const rows = Array.from({ length: Math.min(ROWS_PER_INSERT, count - from) }, (_, i) => accountOf(from + i, now));
		await db.insertInto('accounts').values(rows).execute();
	}
}

function accountOf(n: number, now: Instant): NewAccount {
	const createdAt = after(now, -n * MINUTE_MS);
	const share = n % 20;
	const changed = share >= 4 ? createdAt : null;
	const confirmed = share >= 5 ? createdAt : null;
	const verified = share >= 7 ? createdAt : null;
	return {
		id: randomUUID(),
		email: `person${n}.${n % 97}@company${n % 31}.example`,
		name: `Person ${n}`,
		locale: 'en',
		createdAt,
		createdBy: 'carla',
		erasedAt: null,
		temporaryPasswordId: randomUUID(),
		temporaryPasswordDigest: null,
		temporaryPasswordLifetimeMs: DAY_MS,
		temporaryPasswordExpiresAt: share < 2 ? after(now, ((n % 1_440) + 1) * MINUTE_MS) : after(now, -HOUR_MS),
		temporaryPasswordHandedOverAt: createdAt,
		passwordChangedAt: changed,
		authenticatorConfirmedAt: confirmed,
		phoneVerifiedAt: verified,
		phoneNumber: verified && '+351912345678',
		completedAt: verified,
		passcodesIssued: share >= 5 ? 1 : 0,
		emailFailedAt: n % 200 === 1 ? createdAt : null,
		smsFailedAt: n % 200 === 25 ? createdAt : null,
		lockedAt: n % 500 === 105 ? createdAt : null,
	};
}
