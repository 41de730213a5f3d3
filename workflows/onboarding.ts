import { Alarm } from './alarm.js';
import { expireTemporaryPassword, loadFacts, remindOfPhone } from './ask.js';
import { FollowedAccount } from './followed-account.js';
import type { OnboardingInput, OnboardingResult } from './messages.js';

/**
 * The story of one account. The database decides acts. A signal for each act says only that the facts changed. The
 * facts may have moved on by any number of steps, so a stage returns at once when the account has left its step.
 */
export async function onboarding({ accountId }: OnboardingInput): Promise<OnboardingResult> {
	const account = new FollowedAccount(accountId);
	await account.news();
	do {
		await untilPasswordChanged(account);
		await untilAuthenticatorConfirmed(account);
		await untilPhoneSettled(account);
		await untilNothingIsOwed(account);
	} while (!isThrough(account) || account.isOwedSomething);
	return resultOf(account);
}

/** The temporary password lives 24 hours. After that the step lasts until an agent issues another. */
async function untilPasswordChanged(account: FollowedAccount): Promise<void> {
	const expiry = new Alarm('temporary password expires');
	while (account.standsAt('change-password', 'temporary-password-expired')) {
		expiry.set(account.facts.temporaryPasswordExpiresAt, account.asOf);
		await account.news(expiry, expireTemporaryPassword);
	}
	expiry.cancel();
}

/** This step has no deadline, so the wait needs no timer. */
async function untilAuthenticatorConfirmed(account: FollowedAccount): Promise<void> {
	while (account.standsAt('confirm-authenticator')) await account.news();
}

/** After each passcode the user waits before another may be asked for, perhaps to another number. */
async function untilPhoneSettled(account: FollowedAccount): Promise<void> {
	const resend = new Alarm('another code may be asked for');
	while (account.standsAt('verify-phone')) {
		const availableAt = account.facts.passcode?.resendAvailableAt;
		resend.set(availableAt && availableAt > account.now ? availableAt : null, account.asOf);
		await account.news(resend, loadFacts);
	}
	resend.cancel();
}

/** Sends the reminders of a deferred phone and waits for deliveries. Ends early if the account must onboard again. */
async function untilNothingIsOwed(account: FollowedAccount): Promise<void> {
	const reminder = new Alarm('reminder of the phone is due');
	while (isThrough(account) && account.isOwedSomething) {
		reminder.set(account.reminderDueAt, account.asOf);
		await account.news(reminder, remindOfPhone);
	}
	reminder.cancel();
}

function isThrough(account: FollowedAccount): boolean {
	return account.isErased || account.standsAt('complete');
}

function resultOf({ standing: { step, since } }: FollowedAccount): OnboardingResult {
	return step === 'complete' ? { step, completedAt: since } : { step };
}
