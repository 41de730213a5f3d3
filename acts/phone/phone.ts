import type { Tx } from '../../database/connect.js';
import { findNewestPasscode, type PasscodeWithDelivery } from '../../database/passcodes.js';
import type { AccountRow, SessionRow } from '../../database/schema.js';
import { DEFERRAL_TOLERANCE } from '../../domain/policy.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import { nextStep } from '../../domain/step.js';
import { after, type Instant, msUntil } from '../../domain/time.js';
import type { Api } from '../context.js';
import { mayActOnPhone } from '../door/access.js';
import type { UserCall } from '../door/caller.js';
import { changed, type Outcome } from '../door/settle.js';
import { type UserAct, userAct } from '../door/user-act.js';
import { onboardingView } from '../onboarding/onboarding.js';
import type { Onboarding } from '../views.js';
import { readNumber, type TypedNumber } from './number.js';
import { type Asked, issue } from './passcode.js';

/** Sets the number of the fallback phone. Sends a passcode to it, unless one that it received is still usable. */
export function putPhone(api: Api, call: UserCall, typed: TypedNumber): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		...phoneAct,
		decide: async (tx, { account, session, now }) => {
			const phone = readNumber(api, typed);
			if (isRefusal(phone)) return { answer: phone };
			const newest = account.passcodesIssued > 0 ? await findNewestPasscode(tx, account.id) : null;
			if (newest && newest.phoneNumber === phone.e164 && isUsable(newest, now)) {
				return { answer: viewOf(api, account, session, newest, now), write: {} };
			}
			return send(api, tx, session, { account, number: phone.e164, newest, now, source: call.source });
		},
	});
}

/** Issues another passcode, optionally to another number. The new code supersedes the old one. */
export function issuePasscode(api: Api, call: UserCall, typed: Partial<TypedNumber>): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		...phoneAct,
		decide: async (tx, { account, session, now }) => {
			const newest = await findNewestPasscode(tx, account.id);
			if (!newest) return { answer: noNumberYet(account, now) };
			const phone = typed.number ? readNumber(api, { ...typed, number: typed.number }) : { e164: newest.phoneNumber };
			if (isRefusal(phone)) return { answer: phone };
			return send(api, tx, session, { account, number: phone.e164, newest, now, source: call.source });
		},
	});
}

async function send(api: Api, tx: Tx, session: SessionRow, asked: Asked): Promise<Outcome<Onboarding>> {
	const issued = await issue(api, tx, asked);
	if (isRefusal(issued)) return { answer: issued };
	const { passcode, write } = issued;
	return { answer: viewOf(api, changed(asked.account, write.account), session, passcode, asked.now), write };
}

/** "Remind me later": a mail reminds the user, and after a date the next sign-in asks again. A live passcode stays usable. */
export function deferPhone(api: Api, call: UserCall): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		...phoneAct,
		decide: async (tx, { account, session, now }) => {
			const { phoneReminderAfterMs: interval, phoneReminders } = api.policy;
			const until = after(now, interval);
			const due = account.remindersSent < phoneReminders ? after(until, account.remindersSent * interval) : null;
			const newest = await findNewestPasscode(tx, account.id);
			if (isDeferredAlready(account, until, interval)) {
				return { answer: viewOf(api, account, session, newest, now), write: {} };
			}
			const changes = {
				phoneDeferredUntil: until,
				reminderIntervalMs: interval,
				reminderDueAt: due,
				completedAt: account.completedAt ?? now,
				smsFailedAt: null,
			};
			return {
				answer: viewOf(api, changed(account, changes), session, newest, now),
				write: { account: changes, event: { name: 'phoneDeferred' } },
			};
		},
	});
}

/** Whether the phone is already deferred to nearly this date, with no attention that another deferral would clear. */
function isDeferredAlready(account: AccountRow, until: Instant, intervalMs: number): boolean {
	const { phoneDeferredUntil, smsFailedAt } = account;
	if (!phoneDeferredUntil || smsFailedAt) return false;
	return msUntil(phoneDeferredUntil, until) < intervalMs * DEFERRAL_TOLERANCE;
}

/** What the acts on the phone have in common. */
export const phoneAct: Pick<UserAct<Onboarding>, 'step' | 'permit'> = { step: 'verify-phone', permit: mayActOnPhone };

/** The onboarding with its current passcode; null when there is none. */
export function viewOf(
	{ policy }: Pick<Api, 'policy'>,
	account: AccountRow,
	session: SessionRow,
	passcode: PasscodeWithDelivery | null,
	now: Instant,
): Onboarding {
	return onboardingView(account, session, { passcode, policy, now });
}

export function noNumberYet(account: AccountRow, now: Instant): Refusal {
	return refuse('wrong-step', { step: nextStep(account, now), detail: 'Give the number of the phone first.' });
}

function isUsable(passcode: PasscodeWithDelivery, now: Instant): boolean {
	return passcode.expiresAt > now && passcode.attemptsLeft > 0 && !passcode.usedAt && passcode.delivery !== 'failed';
}
