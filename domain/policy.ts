import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js';

/**
 * Every lifetime and limit of the product, with its unit last and its source beside it. `config/` lets the environment
 * override each by the name in the second column of `.env.example`. A row keeps the values that held when it was
 * issued.
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
	/** Wrong passwords for one e-mail over all networks, before networks that are not its own are slowed down … */
	passwordFailuresOfAccountBeforeSlowDown: number;
	/** … and NIST SP 800-63B-4 3.2.2: before they are refused until a success, or a long silence. */
	passwordFailuresMax: number;
	/** Refused sign-ins from one network in an hour, whatever the e-mail: a brake on spraying. */
	signInsPerNetworkPerHour: number;
	/**
	 * Acts of one account with sessions of one assurance, in an hour and in a day (ASVS 2.4.1). An onboarding with all its
	 * slips takes about twenty. Each stored answer is of a counted act, so this bounds the stored answers too.
	 */
	actsPerHour: number;
	actsPerDay: number;
	/** NIST SP 800-63B-4 3.1.3.2: an out-of-band code lives at most 10 minutes. */
	passcodeLifetimeMs: number;
	/** Wait before another passcode; doubles with each passcode up to `passcodeResendAfterMaxMs`. */
	passcodeResendAfterMs: number;
	passcodeResendAfterMaxMs: number;
	/** Wrong codes one passcode takes. */
	passcodeAttempts: number;
	/** SMS to one account in 24 hours, over all its numbers. */
	passcodesPerDay: number;
	/** SMS asked of the provider for one account in 24 hours, those that failed included. */
	passcodeRequestsPerDay: number;
	/** SMS to one number in 24 hours, over all accounts that have not verified it. */
	passcodesPerNumberPerDay: number;
	/** Beyond that: SMS of one account to the only number it gave in 24 hours, so that strangers cannot starve its owner … */
	passcodesOfOwnSharePerDay: number;
	/** … and such SMS to one number in 24 hours, over all accounts: with the limit per number, what bombing may reach. */
	passcodesOfOwnSharesPerNumberPerDay: number;
	/** SMS to the numbers that share their first digits in an hour: what SMS pumping looks like. */
	passcodesPerPrefixPerHour: number;
	/** SMS asked for from one network in an hour whose code has not been verified. */
	passcodesPerNetworkPerHour: number;
	/** SMS in 24 hours over all accounts: the breaker. */
	smsPerDay: number;
	/** NIST SP 800-63B-4 3.2.2: consecutive wrong codes of an account before it is slowed down … */
	codeFailuresBeforeSlowDown: number;
	/** … before the account calls for attention … */
	codeFailuresBeforeAttention: number;
	/** … and before the authenticator is disabled. */
	codeFailuresBeforeLock: number;
	/** The first wait; doubles with each failure. */
	slowDownMs: number;
	/** The longest wait of one e-mail from one network. */
	slowDownMaxMs: number;
	/** The longest wait of an account over all networks: a hundred failures then take weeks (NIST SP 800-63B-4 3.2.2). */
	accountSlowDownMaxMs: number;
	phoneReminderAfterMs: number;
	/** Reminder mails an account ever gets. */
	phoneReminders: number;
	/** How long an audit event keeps the network it came from, and an event without an account stays. */
	eventRetentionMs: number;
	/** ISO 3166-1 alpha-2 codes SMS may go to; `*` for every country. */
	smsAllowedCountries: readonly string[] | '*';
}

export const DEFAULT_POLICY: Policy = {
	temporaryPasswordLifetimeMs: DAY_MS,
	passwordLengthMin: 15,
	passwordLengthMax: 128,
	passwordFailuresBeforeSlowDown: 10,
	passwordFailuresOfAccountBeforeSlowDown: 20,
	passwordFailuresMax: 100,
	signInsPerNetworkPerHour: 300,
	actsPerHour: 60,
	actsPerDay: 200,
	passcodeLifetimeMs: 10 * MINUTE_MS,
	passcodeResendAfterMs: 30 * SECOND_MS,
	passcodeResendAfterMaxMs: 120 * SECOND_MS,
	passcodeAttempts: 5,
	passcodesPerDay: 5,
	passcodeRequestsPerDay: 15,
	passcodesPerNumberPerDay: 5,
	passcodesOfOwnSharePerDay: 2,
	passcodesOfOwnSharesPerNumberPerDay: 10,
	passcodesPerPrefixPerHour: 50,
	passcodesPerNetworkPerHour: 30,
	smsPerDay: 10_000,
	codeFailuresBeforeSlowDown: 10,
	codeFailuresBeforeAttention: 20,
	codeFailuresBeforeLock: 100,
	slowDownMs: 30 * SECOND_MS,
	slowDownMaxMs: HOUR_MS,
	accountSlowDownMaxMs: 6 * HOUR_MS,
	phoneReminderAfterMs: 7 * DAY_MS,
	phoneReminders: 3,
	eventRetentionMs: 90 * DAY_MS,
	smsAllowedCountries: '*',
};

/** NIST SP 800-63B-4 2.2.3: a session ends after this long, however busy. */
export const SESSION_LIFETIME_MS = DAY_MS;
/** NIST SP 800-63B-4 2.2.3: a session ends after this long without a request. */
export const SESSION_IDLE_MS = HOUR_MS;
/** A use is written down at most this often, so that a read costs no write. */
export const SESSION_TOUCH_MS = MINUTE_MS;
/** How long a replaced session token may still learn the outcome of a repeated act. */
export const ROTATION_GRACE_MS = MINUTE_MS;
/** A deferral that moves the date by less than this share of `phoneReminderAfterMs` changes nothing. */
export const DEFERRAL_TOLERANCE = 0.1;
/** How long a network from which an account proved its second factor is known as its own: as long as people keep a line. */
export const KNOWN_NETWORK_MS = 90 * DAY_MS;
/** Wrong passwords over all networks are forgotten when none has come for this long. */
const PASSWORD_FAILURES_FORGOTTEN_AFTER_MS = 30 * DAY_MS;
/** How long an answer stays stored under its `Idempotency-Key`. */
export const ANSWER_LIFETIME_MS = DAY_MS;
/** SMS of an account that failed in 24 hours before a failed one has a wait of its own: room for slips of the finger. */
const FREE_SMS_FAILURES = 2;
const FAILED_SMS_WAIT_MS = 30 * SECOND_MS;
const FAILED_SMS_WAIT_MAX_MS = HOUR_MS;
/** The share of the daily and of the prefix limit that is reserved for accounts in good standing. */
export const SMS_RESERVE_SHARE = 0.2;
/** The log warns that SMS run out when this share of the daily limit is used, before the common part is used up. */
export const SMS_LOW_SHARE = 0.7;
/** An account this old may be in good standing on its own. */
export const GOOD_STANDING_AFTER_MS = DAY_MS;
/** SMS of an account in 24 hours without a verified code, beyond which it is in no good standing. */
export const UNVERIFIED_PASSCODES_MAX = 2;
/** How long a network's sent and verified SMS are remembered as its share. */
export const NETWORK_SHARE_WINDOW_MS = 30 * DAY_MS;
/** Fewer sent SMS than this say nothing of a network. */
export const NETWORK_SHARE_FROM = 5;
/** How long a list of people waits for the agent who looks through it before they are registered. */
export const BATCH_DRAFT_LIFETIME_MS = HOUR_MS;
/** Lists of one agent that wait at once; another one removes the oldest. Each has a million characters at most. */
export const BATCH_DRAFTS_PER_AGENT = 10;
/** An SMS that has not left by then carries a code that is no longer useful. */
export const SMS_GIVE_UP_AFTER_MS = 5 * MINUTE_MS;
/** A notice that has not left by then is stale. */
export const NOTICE_GIVE_UP_AFTER_MS = DAY_MS;
/** A mail that is still owed after this long counts as delayed: the mail server has refused it, or us, many times by then. */
export const EMAIL_DELAYED_AFTER_MS = 15 * MINUTE_MS;
/** The workflow should have heard an act's signal by then; after that the sweep signals. */
export const WAKE_AFTER_ACT_MS = 10 * SECOND_MS;
/** The workflow expects to have looked again this long after the next thing owed. */
export const WAKE_AFTER_OWED_MS = MINUTE_MS;
export const WAKE_BACKOFF_MAX_MS = HOUR_MS;
export const SWEEP_EVERY_MS = 10 * SECOND_MS;

/** How long the codes of a factor wait after `failures` in a row, the first `free` of which cost nothing. */
export function slowDownMs(policy: Policy, failures: number, free: number): number {
	if (failures < free) return 0;
	return Math.min(policy.slowDownMs * 2 ** Math.min(failures - free, 20), policy.accountSlowDownMaxMs);
}

/** How guesses at a password are slowed down. */
export interface Pace {
	/** Failures in a row that cost nothing. */
	free: number;
	/** Failures in a row before guesses are refused until `forgetAfterMs` has passed. */
	max: number;
	firstWaitMs: number;
	longestWaitMs: number;
	/** Failures are forgotten when none has been added for this long. */
	forgetAfterMs: number;
}

/** The pace of one e-mail from one network. */
export function networkPace(policy: Policy): Pace {
	return {
		free: policy.passwordFailuresBeforeSlowDown,
		max: policy.passwordFailuresMax,
		firstWaitMs: policy.slowDownMs,
		longestWaitMs: policy.slowDownMaxMs,
		forgetAfterMs: DAY_MS,
	};
}

/** The pace of one e-mail over all networks. */
export function accountPace(policy: Policy): Pace {
	return {
		free: policy.passwordFailuresOfAccountBeforeSlowDown,
		max: policy.passwordFailuresMax,
		firstWaitMs: policy.slowDownMs,
		longestWaitMs: policy.accountSlowDownMaxMs,
		forgetAfterMs: PASSWORD_FAILURES_FORGOTTEN_AFTER_MS,
	};
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

/** The wait that follows the `n`-th SMS (from 1) of an account that failed in a day: none at first, then doubling. */
export function failedSmsWaitMs(n: number): number {
	const paid = n - FREE_SMS_FAILURES;
	return paid <= 0 ? 0 : Math.min(FAILED_SMS_WAIT_MS * 2 ** Math.min(paid - 1, 20), FAILED_SMS_WAIT_MAX_MS);
}
