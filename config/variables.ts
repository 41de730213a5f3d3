import { z } from 'zod';
import * as bounds from './bounds.js';
import { proxies } from './proxies.js';
import { agentApiKeys, encryptionKeys } from './secret-lists.js';
import { countries, duration, flag, ownUrl, text, urlOf, webUrl, whole } from './shapes.js';

const HOST_AND_PORT = /^[^\s/:]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i;
const sid = (prefix: string) =>
	z.string().regex(new RegExp(`^${prefix}[0-9a-f]{32}$`, 'i'), `must be a SID: ${prefix} and 32 hexadecimal digits`);

/** Every limit and lifetime of `domain/policy.ts` under its one name. Left out, the policy's own value holds. */
const policyVariables = {
	TEMPORARY_PASSWORD_LIFETIME: duration(bounds.TEMPORARY_PASSWORD_LIFETIME_MAX_MS).optional(),
	PASSWORD_LENGTH_MIN: whole(8, 64).optional(),
	PASSWORD_LENGTH_MAX: whole(64, 1024).optional(),
	PASSWORD_FAILURES_BEFORE_SLOW_DOWN: whole(1, bounds.FAILURES_IN_A_ROW_MAX).optional(),
	PASSWORD_FAILURES_OF_ACCOUNT_BEFORE_SLOW_DOWN: whole(1, bounds.FAILURES_IN_A_ROW_MAX).optional(),
	PASSWORD_FAILURES_MAX: whole(1, bounds.FAILURES_IN_A_ROW_MAX).optional(),
	SIGN_INS_PER_NETWORK_PER_HOUR: whole(1, bounds.SIGN_INS_PER_NETWORK_PER_HOUR_MAX).optional(),
	ACTS_PER_HOUR: whole(1, bounds.ACTS_PER_HOUR_MAX).optional(),
	ACTS_PER_DAY: whole(1, bounds.ACTS_PER_DAY_MAX).optional(),
	PASSCODE_LIFETIME: duration(bounds.PASSCODE_LIFETIME_MAX_MS).optional(),
	PASSCODE_RESEND_AFTER: duration(bounds.PASSCODE_RESEND_AFTER_MAX_MS).optional(),
	PASSCODE_RESEND_AFTER_MAX: duration(bounds.PASSCODE_RESEND_AFTER_MAX_MS).optional(),
	PASSCODE_ATTEMPTS: whole(1, 10).optional(),
	PASSCODES_PER_DAY: whole(1, bounds.PASSCODES_PER_DAY_MAX).optional(),
	PASSCODE_REQUESTS_PER_DAY: whole(1, bounds.PASSCODE_REQUESTS_PER_DAY_MAX).optional(),
	PASSCODES_PER_NUMBER_PER_DAY: whole(1, bounds.PASSCODES_PER_DAY_MAX).optional(),
	PASSCODES_OF_OWN_SHARE_PER_DAY: whole(0, bounds.PASSCODES_PER_DAY_MAX).optional(),
	PASSCODES_OF_OWN_SHARES_PER_NUMBER_PER_DAY: whole(0, bounds.PASSCODES_PER_DAY_MAX).optional(),
	PASSCODES_PER_PREFIX_PER_HOUR: whole(1, bounds.PASSCODES_PER_PREFIX_PER_HOUR_MAX).optional(),
	PASSCODES_PER_NETWORK_PER_HOUR: whole(1, bounds.PASSCODES_PER_NETWORK_PER_HOUR_MAX).optional(),
	SMS_DAILY_LIMIT: whole(0, bounds.SMS_PER_DAY_MAX).optional(),
	SMS_ALLOWED_COUNTRIES: countries.optional(),
	CODE_FAILURES_BEFORE_SLOW_DOWN: whole(1, bounds.FAILURES_IN_A_ROW_MAX).optional(),
	CODE_FAILURES_BEFORE_ATTENTION: whole(1, bounds.FAILURES_IN_A_ROW_MAX).optional(),
	CODE_FAILURES_BEFORE_LOCK: whole(1, bounds.FAILURES_IN_A_ROW_MAX).optional(),
	SLOW_DOWN: duration(bounds.SLOW_DOWN_MAX_MS).optional(),
	SLOW_DOWN_MAX: duration(bounds.SLOW_DOWN_MAX_MS).optional(),
	ACCOUNT_SLOW_DOWN_MAX: duration(bounds.SLOW_DOWN_MAX_MS).optional(),
	PHONE_REMINDER_AFTER: duration(bounds.PHONE_REMINDER_AFTER_MAX_MS).optional(),
	PHONE_REMINDERS: whole(0, 3).optional(),
	EVENT_RETENTION: duration(bounds.EVENT_RETENTION_MAX_MS).optional(),
};

/** The variables that `@temporalio/envconfig` reads by itself; this schema checks only their shape. */
const temporalVariables = {
	TEMPORAL_ADDRESS: z.string().regex(HOST_AND_PORT, 'must be host:port, such as temporal:7233').optional(),
	TEMPORAL_NAMESPACE: text.optional(),
	TEMPORAL_API_KEY: text.optional(),
	TEMPORAL_TLS: flag.optional(),
	TEMPORAL_TLS_SERVER_NAME: text.optional(),
	TEMPORAL_TLS_SERVER_CA_CERT_PATH: text.optional(),
	TEMPORAL_TLS_SERVER_CA_CERT_DATA: text.optional(),
	TEMPORAL_TLS_CLIENT_CERT_PATH: text.optional(),
	TEMPORAL_TLS_CLIENT_CERT_DATA: text.optional(),
	TEMPORAL_TLS_CLIENT_KEY_PATH: text.optional(),
	TEMPORAL_TLS_CLIENT_KEY_DATA: text.optional(),
	TEMPORAL_PROFILE: text.optional(),
	TEMPORAL_CONFIG_FILE: text.optional(),
};

/** The default contact: the name alone, without an address. */
export const NO_CONTACT = 'Customer Success';

/** The one schema of the environment. `.env.example` says what each is for; a test holds the two together. */
export const environmentSchema = z.object({
	NODE_ENV: z
		.enum(['production', 'development', 'test'], 'must be production, development or test')
		.default('development'),
	LOG_LEVEL: z
		.enum(
			['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
			'must be trace, debug, info, warn, error, fatal or silent',
		)
		.default('info'),
	HOST: text.default('127.0.0.1'),
	PORT: whole(0, 65_535).default(3000),
	PUBLIC_URL: ownUrl.optional(),
	TRUST_PROXY: proxies.default(false),
	DATA_DIR: text.default('./.data'),
	DATABASE_URL: urlOf('postgresql', 'postgres').optional(),
	...temporalVariables,
	TEMPORAL_TASK_QUEUE: text.default('onboarding'),
	TEMPORAL_CLI_PATH: text.optional(),
	TEMPORAL_UI_PORT: whole(0, 65_535).default(8233),
	TEMPORAL_UI_URL: webUrl.optional(),
	SMTP_URL: urlOf('smtp', 'smtps').optional(),
	SMTP_ALLOW_CLEARTEXT: flag.default(false),
	MAIL_FROM: z.email('must be an e-mail address without a name, such as no-reply@example.com').optional(),
	DKIM_DOMAIN: text.optional(),
	DKIM_SELECTOR: text.optional(),
	DKIM_PRIVATE_KEY: text.optional(),
	TWILIO_ACCOUNT_SID: sid('AC').optional(),
	TWILIO_AUTH_TOKEN: text.optional(),
	TWILIO_API_KEY: sid('SK').optional(),
	TWILIO_API_SECRET: text.optional(),
	TWILIO_MESSAGING_SERVICE_SID: sid('MG').optional(),
	TWILIO_FROM: text.optional(),
	TWILIO_EDGE: text.optional(),
	TWILIO_REGION: text.optional(),
	TWILIO_BASE_URL: webUrl.optional(),
	TWILIO_BASE_URL_ALLOWED: flag.default(false),
	SMS_PER_SECOND: whole(1, bounds.SMS_PER_SECOND_MAX).optional(),
	ENCRYPTION_KEYS: encryptionKeys.optional(),
	AGENT_API_KEY: agentApiKeys.optional(),
	PRODUCT_NAME: text.default('Mobile Token'),
	TOTP_ISSUER: text.refine((issuer) => !issuer.includes(':'), 'must not hold a colon').optional(),
	SUPPORT_CONTACT: text.default(NO_CONTACT),
	PLATFORM_URL: webUrl.optional(),
	...policyVariables,
});

export type Environment = z.infer<typeof environmentSchema>;
export type VariableName = keyof Environment;

/** All names, for the check of misspelt ones. */
export const VARIABLE_NAMES = Object.keys(environmentSchema.shape) as VariableName[];

/** Secrets may stand in a file named by the variable with `_FILE` behind it. */
export const SECRET_NAMES = [
	'DATABASE_URL',
	'TEMPORAL_API_KEY',
	'SMTP_URL',
	'DKIM_PRIVATE_KEY',
	'TWILIO_AUTH_TOKEN',
	'TWILIO_API_SECRET',
	'ENCRYPTION_KEYS',
	'AGENT_API_KEY',
] as const satisfies readonly VariableName[];
