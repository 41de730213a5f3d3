import type { Db } from '../database/connect.js';
import type { KeyRing } from '../domain/credentials/keys.js';
import type { Policy } from '../domain/policy.js';
import type { Clock } from '../domain/time.js';
import type { Mailer } from './delivery/email.js';
import type { Texter } from './delivery/sms.js';

/** What activities work with; made once by the composition root. */
export interface ActivityDependencies {
	db: Db;
	clock: Clock;
	keys: KeyRing;
	policy: Policy;
	mailer: Mailer;
	texter: Texter;
}
