import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js';

/**
 * Every lifetime and limit of the product, with its unit last and its source beside it. `config/` lets the environment
 * override each by the name in the second column of `.env.example`. What is already issued keeps the values it was
 * issued under: they are written into its row.
 */
export interface Policy {
	/** NIST SP 800-63A-4 3.8: a code sent by e-mail lives at most 24 hours. */
	temporaryPasswordLifetimeMs: number;
	/** NIST SP 800-63B-4 3.1.1.2: 15 when the password stands alone, as it does until the token is confirmed. */
	passwordLengthMin: number;
	/** Code points. Long enough for any passphrase; bounds the work of one request. */
	passwordLengthMax: number;
	/** Wrong passwords for one e-mail from one network before the slow-down starts. */
	passwordFailuresBeforeSlowDown: number;
	/** Sign-ins from one network in an hour, whatever the e-mail: a brake on spraying. */
	signInsPerNetworkPerHour: number;
	/** NIST SP 800-63B-4 3.1.3.2: an out-of-band code lives at most 10 minutes. */
	passcodeLifetimeMs: number;
	/** Wait before another passcode; doubles with each passcode up to `passcodeResendAfterMaxMs`. */
	passcodeResendAfterMs: number;
	passcodeResendAfterMaxMs: number;
	/** Wrong codes one passcode takes. */
	passcodeAttempts: number;
	/** SMS to one account in 24 hours, over all its numbers. */
	passcodesPerDay: number;
	/** SMS to one number in 24 hours, over all accounts. */
	passcodesPerNumberPerDay: number;
	/** SMS to the numbers that share their first digits in an hour: what SMS pumping looks like. */
	passcodesPerPrefixPerHour: number;
	/** SMS asked for from one network in an hour. */
	passcodesPerNetworkPerHour: number;
	/** SMS in 24 hours over everybody: the breaker. */
	smsPerDay: number;
	/** NIST SP 800-63B-4 3.2.2: consecutive wrong codes of an account before it is slowed down … */
	codeFailuresBeforeSlowDown: number;
	/** … and before the authenticator is disabled. */
	codeFailuresBeforeLock: number;
	slowDownMs: number;
	slowDownMaxMs: number;
	phoneReminderAfterMs: number;
	/** Reminder mails an account ever gets. */
	phoneReminders: number;
	/** ISO 3166-1 alpha-2 codes SMS may go to; `*` for every country. */
	smsAllowedCountries: readonly string[] | '*';
}

export const DEFAULT_POLICY: Policy = {
	temporaryPasswordLifetimeMs: DAY_MS,
	passwordLengthMin: 15,
	passwordLengthMax: 128,
	passwordFailuresBeforeSlowDown: 10,
	signInsPerNetworkPerHour: 300,
	passcodeLifetimeMs: 10 * MINUTE_MS,
	passcodeResendAfterMs: 30 * SECOND_MS,
	passcodeResendAfterMaxMs: 120 * SECOND_MS,
	passcodeAttempts: 5,
	passcodesPerDay: 5,
	passcodesPerNumberPerDay: 5,
	passcodesPerPrefixPerHour: 50,
	passcodesPerNetworkPerHour: 30,
	smsPerDay: 10_000,
	codeFailuresBeforeSlowDown: 10,
	codeFailuresBeforeLock: 100,
	slowDownMs: 30 * SECOND_MS,
	slowDownMaxMs: HOUR_MS,
	phoneReminderAfterMs: 7 * DAY_MS,
	phoneReminders: 3,
	smsAllowedCountries: '*',
};

/** NIST SP 800-63B-4 2.2.3: a session ends after this long, however busy. */
export const SESSION_LIFETIME_MS = DAY_MS;
/** NIST SP 800-63B-4 2.2.3: a session ends after this long without a request. */
export const SESSION_IDLE_MS = HOUR_MS;
/** A use is written down at most this often, so that a read costs no write. */
export const SESSION_TOUCH_MS = MINUTE_MS;
/** How long a token that an act rotated out may still hear what became of its repeat. */
export const ROTATION_GRACE_MS = MINUTE_MS;
/** How long an answer stays stored under its `Idempotency-Key`. */
export const ANSWER_LIFETIME_MS = DAY_MS;
/** How long a list of people waits for the agent who looks through it before they are registered. */
export const BATCH_DRAFT_LIFETIME_MS = HOUR_MS;
/** Lists of one agent that wait at once; another one removes the oldest. Each has a million characters at most. */
export const BATCH_DRAFTS_PER_AGENT = 10;
/** An SMS that has not left by then would bring a code its reader no longer waits for. */
export const SMS_GIVE_UP_AFTER_MS = 5 * MINUTE_MS;
/** What a user changes in an onboarding is told in one mail: when it is through, or after this long without going on. */
export const NOTICE_AFTER_MS = 10 * MINUTE_MS;
/** A notice that has not left by then is stale. */
export const NOTICE_GIVE_UP_AFTER_MS = DAY_MS;
/** An act expects its signal to have been heard by then; after that the sweep signals. */
export const WAKE_AFTER_ACT_MS = 10 * SECOND_MS;
/** The workflow expects to have looked again this long after the next thing owed. */
export const WAKE_AFTER_OWED_MS = MINUTE_MS;
export const WAKE_BACKOFF_MAX_MS = HOUR_MS;
export const SWEEP_EVERY_MS = 10 * SECOND_MS;

/** How long to wait after `failures` in a row, the first `free` of which cost nothing: doubles up to a ceiling. */
export function slowDownMs(policy: Policy, failures: number, free: number): number {
	if (failures < free) return 0;
	return Math.min(policy.slowDownMs * 2 ** Math.min(failures - free, 20), policy.slowDownMaxMs);
}

/** Wrong codes an account may still give after `failures` in a row: to the slow-down, then one at a time, to the lock. */
export function codesLeft({ codeFailuresBeforeSlowDown, codeFailuresBeforeLock }: Policy, failures: number): number {
	const free = Math.max(codeFailuresBeforeSlowDown - failures, 1);
	return Math.max(0, Math.min(free, codeFailuresBeforeLock - failures));
}

/** The wait that follows the `n`-th passcode (from 1) of a day before another may be asked for. */
export function resendWaitMs(policy: Policy, n: number): number {
	return Math.min(policy.passcodeResendAfterMs * 2 ** Math.min(n - 1, 20), policy.passcodeResendAfterMaxMs);
}
