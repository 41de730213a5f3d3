import { DAY_MS, HOUR_MS } from '../domain/time.js';

/*
 * The highest value that each limit and lifetime may be set to. A limit above its bound is as good as none, and a slip of
 * the keyboard (a digit too many, days for seconds) must not switch a protection off.
 */

/** NIST SP 800-63B-4 3.2.2: no more than 100 consecutive failed attempts at one account. */
export const FAILURES_IN_A_ROW_MAX = 100;
/** One carrier-grade NAT address stands for some thousand subscribers (RFC 6888); each signs in a few times an hour. */
export const SIGN_INS_PER_NETWORK_PER_HOUR_MAX = 10_000;
/** A busy day of one person is a few dozen acts; more than this in an hour or a day is a script. */
export const ACTS_PER_HOUR_MAX = 1_000;
export const ACTS_PER_DAY_MAX = 5_000;
/** With five attempts each, 20 passcodes are the 100 wrong codes of NIST SP 800-63B-4 3.2.2 in a day. */
export const PASSCODES_PER_DAY_MAX = 20;
/** Requests that failed at the provider included: three for each passcode. */
export const PASSCODE_REQUESTS_PER_DAY_MAX = 60;
/** A prefix stands for 100,000 numbers or more (`phonePrefix`): SMS to a tenth of them in an hour are SMS pumping. */
export const PASSCODES_PER_PREFIX_PER_HOUR_MAX = 10_000;
/** One carrier-grade NAT address (RFC 6888), all of whose subscribers verify a phone in the same hour. */
export const PASSCODES_PER_NETWORK_PER_HOUR_MAX = 1_000;
/** SMS a day. About 12 a second around the clock; at a few cents each, a higher breaker opens after the budget is gone. */
export const SMS_PER_DAY_MAX = 1_000_000;
/** Messages a second of a short code, the fastest kind of sender that Twilio documents a rate for. */
export const SMS_PER_SECOND_MAX = 100;

/** NIST SP 800-63A-4 3.8 allows 24 hours by e-mail and 21 days by post: an e-mail may cost a warning, not a month. */
export const TEMPORARY_PASSWORD_LIFETIME_MAX_MS = 7 * DAY_MS;
/** NIST SP 800-63B-4 3.1.3.2 says 10 minutes. More costs a warning, and an hour is more than any SMS is under way. */
export const PASSCODE_LIFETIME_MAX_MS = HOUR_MS;
/** A user who waits longer for another code has given up. */
export const PASSCODE_RESEND_AFTER_MAX_MS = HOUR_MS;
/** A longer slow-down is a lock that a stranger turns (OWASP Authentication Cheat Sheet, "Account Lockout"). */
export const SLOW_DOWN_MAX_MS = DAY_MS;
/** A reminder after more than a year reminds of nothing. */
export const PHONE_REMINDER_AFTER_MAX_MS = 366 * DAY_MS;
/** Ten years: the longest that audit trails are commonly kept. */
export const EVENT_RETENTION_MAX_MS = 3_660 * DAY_MS;
