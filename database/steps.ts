import { type RawBuilder, sql } from 'kysely';
import { EMAIL_DELAYED_AFTER_MS } from '../domain/policy.js';
import { ATTENTIONS, type Attention, type Step } from '../domain/step.js';
import { after, type Instant } from '../domain/time.js';

/** `nextStep` of `domain/step.ts` in SQL, for lists: a property test compares both. */
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
	if (attention === 'any')
		return sql`(${sql.join(
			ATTENTIONS.map((one) => reasonFor(one, now)),
			sql` or `,
		)})`;
	const moreUrgent = ATTENTIONS.slice(0, ATTENTIONS.indexOf(attention));
	const others = moreUrgent.map((one) => sql` and ${reasonFor(one, now)} is not true`);
	return sql`(${reasonFor(attention, now)}${sql.join(others, sql``)})`;
}

function reasonFor(attention: Attention, now: Instant): RawBuilder<boolean> {
	switch (attention) {
		case 'frozen':
			return sql`(frozen_at is not null)`;
		case 'email-failed':
			return sql`(email_failed_at <= ${now}::timestamptz and password_changed_at is null)`;
		case 'email-delayed':
			return sql`(accounts.id in (select account_id from messages where ${isDelayed(now)}))`;
		case 'sms-failed':
			return sql`(sms_failed_at <= ${now}::timestamptz)`;
		case 'locked':
			return sql`(locked_at is not null)`;
		case 'under-attack':
			return sql`(under_attack_at is not null)`;
		case 'temporary-password-expired':
			return standsAt('temporary-password-expired', now);
	}
}

/** Whether a message is a mail that should have left long ago. */
export function isDelayed(now: Instant): RawBuilder<boolean> {
	const latest = after(now, -EMAIL_DELAYED_AFTER_MS);
	return sql`(messages.channel = 'email' and messages.state = 'queued' and messages.created_at <= ${latest}::timestamptz)`;
}
