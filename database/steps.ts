import { type RawBuilder, sql } from 'kysely';
import type { Attention, Step } from '../domain/step.js';
import type { Instant } from '../domain/time.js';

/** `nextStep` of `domain/step.ts` in SQL, for lists: a property test holds the two together. */
export function standsAt(step: Step, now: Instant): RawBuilder<boolean> {
	switch (step) {
		case 'change-password':
			return isWaiting(now);
		case 'temporary-password-expired':
			return sql`(password_changed_at is null and temporary_password_expires_at <= ${now}::timestamptz)`;
		case 'confirm-authenticator':
			return sql`(password_changed_at is not null and authenticator_confirmed_at is null)`;
		case 'verify-phone':
			return sql`(password_changed_at is not null and authenticator_confirmed_at is not null
				and phone_verified_at is null and phone_deferred_until is null)`;
		case 'complete':
			return sql`(password_changed_at is not null and authenticator_confirmed_at is not null
				and (phone_verified_at is not null or phone_deferred_until is not null))`;
	}
}

/** Whether the temporary password is still to be changed and can be. */
export function isWaiting(now: Instant): RawBuilder<boolean> {
	return sql`(password_changed_at is null and temporary_password_expires_at > ${now}::timestamptz)`;
}

/** `attentionOf` of `domain/step.ts` in SQL, its precedence included. */
export function needs(attention: Attention | 'any', now: Instant): RawBuilder<boolean> {
	const email = sql`email_failed_at <= ${now}::timestamptz`;
	const noEmail = sql`(email_failed_at is null or email_failed_at > ${now}::timestamptz)`;
	const sms = sql`sms_failed_at <= ${now}::timestamptz`;
	const noSms = sql`(sms_failed_at is null or sms_failed_at > ${now}::timestamptz)`;
	const expired = standsAt('temporary-password-expired', now);
	switch (attention) {
		case 'email-failed':
			return sql`(${email})`;
		case 'sms-failed':
			return sql`(${sms} and ${noEmail})`;
		case 'locked':
			return sql`(locked_at is not null and ${noEmail} and ${noSms})`;
		case 'under-attack':
			return sql`(under_attack_at is not null and locked_at is null and ${noEmail} and ${noSms})`;
		case 'temporary-password-expired':
			return sql`(${expired} and ${noEmail} and ${noSms} and locked_at is null and under_attack_at is null)`;
		case 'any':
			return sql`(${email} or ${sms} or locked_at is not null or under_attack_at is not null or ${expired})`;
	}
}
