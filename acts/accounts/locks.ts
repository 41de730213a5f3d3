import type { Db } from '../../database/connect.js';
import { slowedUntil } from '../../database/limits.js';
import type { AccountRow } from '../../database/schema.js';
import type { Policy } from '../../domain/policy.js';
import { type Instant, latest } from '../../domain/time.js';
import type { Api } from '../context.js';
import { choicesKey, guessesKey } from '../password/limit-keys.js';
import type { Account } from '../views.js';

/** How the codes of each factor stand. */
export function locksOf(policy: Policy, row: AccountRow, now: Instant): Account['locks'] {
	const lock = (wrongCodes: number, until: Instant | null) => ({
		wrongCodes,
		slowedUntil: until && until > now ? until : null,
		locked: wrongCodes >= policy.codeFailuresBeforeLock,
	});
	return {
		totp: lock(row.authenticatorFailures, row.authenticatorSlowedUntil),
		passcode: lock(row.passcodeFailures, row.passcodeSlowedUntil),
	};
}

/** Under which wrong passwords of an account are counted, whatever network they come from. */
export function passwordLimits(api: Pick<Api, 'keys'>, { id, email }: AccountRow): string[] {
	return [choicesKey(api, id), ...(email ? [guessesKey(api, email)] : [])];
}

/** What holds up the codes and the password of an account. */
export interface HeldUp {
	/** Whether there is anything for an agent to unlock. */
	any: boolean;
	/** The longest wait of any factor; null when none waits. */
	slowedUntil: Instant | null;
}

export async function heldUp(
	api: Pick<Api, 'keys' | 'policy'>,
	db: Db,
	row: AccountRow,
	now: Instant,
): Promise<HeldUp> {
	const { totp, passcode } = locksOf(api.policy, row, now);
	const password = await slowedUntil(db, passwordLimits(api, row), now);
	const longest = latest(totp.slowedUntil, passcode.slowedUntil, password);
	const locked = totp.locked || passcode.locked || row.lockedAt !== null;
	return { any: locked || row.underAttackAt !== null || longest !== null, slowedUntil: longest };
}
