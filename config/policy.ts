import { DEFAULT_POLICY, type Policy } from '../domain/policy.js';
import { DAY_MS, MINUTE_MS } from '../domain/time.js';
import type { Role } from './roles.js';
import type { Environment, VariableName } from './variables.js';

/** Which variable overrides which field: one name each. */
export const POLICY_VARIABLES = {
	temporaryPasswordLifetimeMs: 'TEMPORARY_PASSWORD_LIFETIME',
	passwordLengthMin: 'PASSWORD_LENGTH_MIN',
	passwordLengthMax: 'PASSWORD_LENGTH_MAX',
	passwordFailuresBeforeSlowDown: 'PASSWORD_FAILURES_BEFORE_SLOW_DOWN',
	passwordFailuresOfAccountBeforeSlowDown: 'PASSWORD_FAILURES_OF_ACCOUNT_BEFORE_SLOW_DOWN',
	passwordFailuresMax: 'PASSWORD_FAILURES_MAX',
	signInsPerNetworkPerHour: 'SIGN_INS_PER_NETWORK_PER_HOUR',
	actsPerHour: 'ACTS_PER_HOUR',
	actsPerDay: 'ACTS_PER_DAY',
	passcodeLifetimeMs: 'PASSCODE_LIFETIME',
	passcodeResendAfterMs: 'PASSCODE_RESEND_AFTER',
	passcodeResendAfterMaxMs: 'PASSCODE_RESEND_AFTER_MAX',
	passcodeAttempts: 'PASSCODE_ATTEMPTS',
	passcodesPerDay: 'PASSCODES_PER_DAY',
	passcodeRequestsPerDay: 'PASSCODE_REQUESTS_PER_DAY',
	passcodesPerNumberPerDay: 'PASSCODES_PER_NUMBER_PER_DAY',
	passcodesOfOwnSharePerDay: 'PASSCODES_OF_OWN_SHARE_PER_DAY',
	passcodesOfOwnSharesPerNumberPerDay: 'PASSCODES_OF_OWN_SHARES_PER_NUMBER_PER_DAY',
	passcodesPerPrefixPerHour: 'PASSCODES_PER_PREFIX_PER_HOUR',
	passcodesPerNetworkPerHour: 'PASSCODES_PER_NETWORK_PER_HOUR',
	smsPerDay: 'SMS_DAILY_LIMIT',
	codeFailuresBeforeSlowDown: 'CODE_FAILURES_BEFORE_SLOW_DOWN',
	codeFailuresBeforeAttention: 'CODE_FAILURES_BEFORE_ATTENTION',
	codeFailuresBeforeLock: 'CODE_FAILURES_BEFORE_LOCK',
	slowDownMs: 'SLOW_DOWN',
	slowDownMaxMs: 'SLOW_DOWN_MAX',
	accountSlowDownMaxMs: 'ACCOUNT_SLOW_DOWN_MAX',
	phoneReminderAfterMs: 'PHONE_REMINDER_AFTER',
	phoneReminders: 'PHONE_REMINDERS',
	eventRetentionMs: 'EVENT_RETENTION',
	smsAllowedCountries: 'SMS_ALLOWED_COUNTRIES',
} as const satisfies Record<keyof Policy, VariableName>;

/** On a laptop all callers share one network and SMS cost nothing, so limits per network are off. */
const NO_LIMIT = 1_000_000;
const EMBEDDED_DATABASE: Partial<Policy> = {
	signInsPerNetworkPerHour: NO_LIMIT,
};
const EMBEDDED_SMS: Partial<Policy> = {
	passcodesPerPrefixPerHour: NO_LIMIT,
	passcodesPerNetworkPerHour: NO_LIMIT,
	smsPerDay: NO_LIMIT,
};

/** The policy of this process: the product's own, what the embedded parts make needless, then what the environment says. */
export function readPolicy(environment: Environment, role: Role): Policy {
	// A role apart has no embedded parts: its SMS are real, even where another process sends them.
	const embedded = role === 'everything';
	const said = Object.entries(POLICY_VARIABLES)
		.map(([field, name]) => [field, environment[name]])
		.filter(([, value]) => value !== undefined);
	return {
		...DEFAULT_POLICY,
		...(embedded && !environment.DATABASE_URL && EMBEDDED_DATABASE),
		...(embedded && !environment.TWILIO_ACCOUNT_SID && EMBEDDED_SMS),
		...Object.fromEntries(said),
	};
}

/** Limits that contradict each other. */
export function policyProblems(policy: Policy): string[] {
	const problems: string[] = [];
	const inOrder = (lower: keyof typeof POLICY_VARIABLES, upper: keyof typeof POLICY_VARIABLES) => {
		if (policy[lower] > policy[upper]) {
			problems.push(`${POLICY_VARIABLES[lower]} must not be above ${POLICY_VARIABLES[upper]}.`);
		}
	};
	inOrder('passwordLengthMin', 'passwordLengthMax');
	inOrder('passcodeResendAfterMs', 'passcodeResendAfterMaxMs');
	inOrder('actsPerHour', 'actsPerDay');
	inOrder('passcodesPerDay', 'passcodeRequestsPerDay');
	inOrder('slowDownMs', 'slowDownMaxMs');
	inOrder('codeFailuresBeforeSlowDown', 'codeFailuresBeforeLock');
	return problems;
}

/** Limits that are allowed but weaker than the cited standard. */
export function policyWarnings(policy: Policy): string[] {
	const weaker: [boolean, string][] = [
		[policy.passwordLengthMin < 15, 'PASSWORD_LENGTH_MIN is below the 15 characters of NIST SP 800-63B-4 3.1.1.2.'],
		[
			policy.temporaryPasswordLifetimeMs > DAY_MS,
			'TEMPORARY_PASSWORD_LIFETIME is above the 24h of NIST SP 800-63A-4 3.8.',
		],
		[policy.passcodeLifetimeMs > 10 * MINUTE_MS, 'PASSCODE_LIFETIME is above the 10m of NIST SP 800-63B-4 3.1.3.2.'],
	];
	return weaker.filter(([weak]) => weak).map(([, warning]) => warning);
}
