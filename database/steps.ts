import { type RawBuilder, sql } from 'kysely';
import type { Attention, Step } from '../domain/step.js';
import type { Instant } from '../domain/time.js';

/** `nextStep` of `domain/step.ts` in SQL, for lists: a property test holds the two together. */
export function standsAt(step: Step, now: Instant): RawBuilder<boolean> {
	switch (step) {
		case 'change-password':
			return sql`(password_changed_at is null and temporary_password_expires_at > ${now}::timestamptz)`;
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

/** `attentionOf` of `domain/step.ts` in SQL, its precedence included. */
export function needs(attention: Attention, now: Instant): RawBuilder<boolean> {
	const email = sql`coalesce(email_failed_at <= ${now}::timestamptz, false)`;
	const sms = sql`coalesce(sms_failed_at <= ${now}::timestamptz, false)`;
	const locked = sql`locked_at is not null`;
	switch (attention) {
		case 'email-failed':
			return sql`${email}`;
		case 'sms-failed':
			return sql`(${sms} and not ${email})`;
		case 'locked':
			return sql`(${locked} and not ${email} and not ${sms})`;
		case 'temporary-password-expired':
			return sql`(${standsAt(attention, now)} and not ${email} and not ${sms} and not ${locked})`;
	}
}
