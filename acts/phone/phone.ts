import type { Tx } from '../../database/connect.js';
import { voidMessages } from '../../database/messages.js';
import { phoneNotice } from '../../database/notices.js';
import {
	changePasscode,
	findNewestPasscode,
	listSuperseded,
	type PasscodeWithDelivery,
} from '../../database/passcodes.js';
import type { AccountChanges, AccountRow, SessionRow } from '../../database/schema.js';
import { normalizeCode } from '../../domain/credentials/totp.js';
import { type PhoneFlaw, parsePhone } from '../../domain/phone.js';
import { DEFERRAL_TOLERANCE } from '../../domain/policy.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { nextStep } from '../../domain/step.js';
import { after, type Instant, msUntil, secondsUntil } from '../../domain/time.js';
import { blockedFor, calmed, malformedCode, penalty } from '../authenticator/totp.js';
import type { Api } from '../context.js';
import { mayActOnPhone } from '../door/access.js';
import type { UserCall } from '../door/caller.js';
import type { Decision } from '../door/settle.js';
import { type UserAct, userAct } from '../door/user-act.js';
import { attemptsLeft, onboardingView } from '../onboarding/onboarding.js';
import type { Onboarding } from '../views.js';
import { issue, nextIssueAt } from './passcode.js';
import { noteVerified } from './sms-pots.js';

/** A number as typed: international with `+`, else national to `country` (ISO 3166-1 alpha-2). */
export interface TypedNumber {
	number: string;
	country?: string | undefined;
}

/** Gives the number of the fallback phone, and sends it a passcode unless one it got is still usable. */
export function putPhone(api: Api, call: UserCall, typed: TypedNumber): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		...phoneAct,
		decide: async (tx, { account, session, now }) => {
			const phone = readNumber(api, typed);
			if ('refusal' in phone) return { refusal: phone };
			const newest = account.passcodesIssued > 0 ? await findNewestPasscode(tx, account.id) : null;
			const usable = newest && newest.phoneNumber === phone.e164 && isUsable(newest, now);
			if (usable) return { effects: {}, view: (changed) => viewOf(api, changed, session, newest, now) };
			return issue(api, tx, { account, number: phone.e164, newest, now, source: call.source }, (changed, passcode) =>
				viewOf(api, changed, session, passcode, now),
			);
		},
	});
}

/** Asks for another passcode, perhaps to another number: always a new code, and the old one is dead. */
export function issuePasscode(api: Api, call: UserCall, typed: Partial<TypedNumber>): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		...phoneAct,
		decide: async (tx, { account, session, now }) => {
			const newest = await findNewestPasscode(tx, account.id);
			if (!newest) return { refusal: noNumberYet(account, now) };
			const phone = typed.number ? readNumber(api, { ...typed, number: typed.number }) : { e164: newest.phoneNumber };
			if ('refusal' in phone) return { refusal: phone };
			return issue(api, tx, { account, number: phone.e164, newest, now, source: call.source }, (changed, passcode) =>
				viewOf(api, changed, session, passcode, now),
			);
		},
	});
}

/** Proves the number by the passcode it got. */
export function verifyPhone(
	api: Api,
	call: UserCall,
	{ code: typed }: { code: string },
): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		...phoneAct,
		decide: async (tx, { account, session, now }) => {
			const newest = await findNewestPasscode(tx, account.id);
			if (!newest) return { refusal: noNumberYet(account, now) };
			const { passcodeFailures: failures, passcodeSlowedUntil: slowedUntil } = account;
			const blocked = blockedFor(api, { failures, slowedUntil }, now);
			if (blocked) return { refusal: blocked };
			if (newest.attemptsLeft === 0) return { refusal: exhausted(await nextIssueAt(api, tx, newest, now), now) };
			const code = normalizeCode(typed);
			if (!code) return { refusal: malformedCode() };
			if (!isPasscode(api, account.id, newest, code)) return countWrong(api, tx, { account, newest, code, now });
			// The right code alone is called expired, so a guess learns nothing.
			if (newest.expiresAt <= now) return { refusal: expiredCode() };
			const changes = verifiedPhone(api, account, newest.phoneNumber, now);
			return {
				effects: {
					changes,
					event: { name: 'phoneVerified' },
					messages: [phoneNotice(account, newest.phoneNumber, now)],
					write: async (tx) => {
						await changePasscode(tx, newest.id, { usedAt: now });
						if (newest.networkKey) await noteVerified(tx, newest.networkKey, now);
						if (account.remindersSent > 0) await voidMessages(tx, account.id, { template: 'phone-reminder' }, now);
					},
				},
				view: (changed) => viewOf(api, changed, session, null, now),
			};
		},
	});
}

/** "Remind me later": asked again at the next sign-in after a date, by mail before. A live passcode stays usable. */
export function deferPhone(api: Api, call: UserCall): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		...phoneAct,
		decide: async (tx, { account, session, now }) => {
			const { phoneReminderAfterMs: interval, phoneReminders } = api.policy;
			const until = after(now, interval);
			const due = account.remindersSent < phoneReminders ? after(until, account.remindersSent * interval) : null;
			const newest = await findNewestPasscode(tx, account.id);
			if (isDeferredAlready(account, until, interval)) {
				return { effects: {}, view: (same) => viewOf(api, same, session, newest, now) };
			}
			return {
				effects: {
					changes: {
						phoneDeferredUntil: until,
						reminderIntervalMs: interval,
						reminderDueAt: due,
						completedAt: account.completedAt ?? now,
						smsFailedAt: null,
					},
					event: { name: 'phoneDeferred' },
				},
				view: (changed) => viewOf(api, changed, session, newest, now),
			};
		},
	});
}

/** Whether the phone is deferred for nearly as long as it would be, and the account shows nothing a deferral settles. */
function isDeferredAlready(account: AccountRow, until: Instant, intervalMs: number): boolean {
	const { phoneDeferredUntil, smsFailedAt } = account;
	if (!phoneDeferredUntil || smsFailedAt) return false;
	return msUntil(phoneDeferredUntil, until) < intervalMs * DEFERRAL_TOLERANCE;
}

/** What the acts on the phone have in common. */
const phoneAct: Pick<UserAct<Onboarding>, 'step' | 'permit'> = { step: 'verify-phone', permit: mayActOnPhone };

function viewOf(
	api: Api,
	account: AccountRow,
	session: SessionRow,
	passcode: PasscodeWithDelivery | null,
	now: Instant,
) {
	return onboardingView(account, session, { passcode, policy: api.policy, now });
}

function readNumber(api: Api, { number, country }: TypedNumber): { e164: string } | Refusal {
	const phone = parsePhone(number, country, api.policy);
	if (typeof phone === 'object') return phone;
	const pointer = phone === 'country-unknown' ? '/country' : '/number';
	const detail = PHONE_FLAWS[phone];
	return refuse('phone-number-invalid', { detail, errors: [{ pointer, code: phone, detail }] });
}

const PHONE_FLAWS: Record<PhoneFlaw, string> = {
	'country-unknown': 'Choose a country from the list.',
	impossible: 'This is not a possible phone number. Check the country and the digits.',
	'not-mobile': 'An SMS needs a mobile number. This one is of another kind.',
	'country-not-allowed': 'We cannot send an SMS to this country. Use another number, or choose “Remind me later”.',
};

function noNumberYet(account: AccountRow, now: Instant): Refusal {
	return refuse('wrong-step', { step: nextStep(account, now), detail: 'Give the number of your phone first.' });
}

function isUsable(passcode: PasscodeWithDelivery, now: Instant): boolean {
	return passcode.expiresAt > now && passcode.attemptsLeft > 0 && !passcode.usedAt && passcode.delivery !== 'failed';
}

function isPasscode(
	api: Api,
	accountId: string,
	passcode: { digest: string; phoneNumber: string },
	code: string,
): boolean {
	return api.keys.verify(passcode.digest, 'passcode', accountId, passcode.phoneNumber, code);
}

function exhausted(nextAt: Instant, now: Instant): Refusal {
	const detail = 'Too many wrong codes. Ask for another code.';
	return refuse('attempts-exhausted', { attemptsLeft: 0, retryAfter: secondsUntil(now, nextAt), detail });
}

function expiredCode(): Refusal {
	return refuse('code-expired', { detail: 'This code has expired. Ask for another one.' });
}

async function countWrong(
	api: Api,
	tx: Tx,
	{ account, newest, code, now }: { account: AccountRow; newest: PasscodeWithDelivery; code: string; now: Instant },
): Promise<Decision<never>> {
	const superseded = (await listSuperseded(tx, account.id, now)).find((old) => isPasscode(api, account.id, old, code));
	const failures = account.passcodeFailures + 1;
	const { slowedUntil, changes, event } = penalty(api, account, { failures, factor: 'passcode' }, now);
	const left = { attemptsLeft: newest.attemptsLeft - 1 };
	const details = { attemptsLeft: attemptsLeft(left, { passcodeFailures: failures }, api.policy) };
	const refusal = superseded
		? refuse('code-superseded', {
				...details,
				liveCode: newest.number,
				detail: words(superseded.number, newest.number),
			})
		: refuse('wrong-code', { ...details, detail: 'This is not the code we sent. Check the newest SMS.' });
	return {
		refusal,
		effects: {
			changes: { passcodeFailures: failures, passcodeSlowedUntil: slowedUntil, ...changes },
			event,
			write: (tx) => changePasscode(tx, newest.id, left),
		},
	};
}

function words(old: number, live: number): string {
	return `That was code ${old}. Use code ${live}, from the newest SMS.`;
}

function verifiedPhone(api: Api, account: AccountRow, phoneNumber: string, now: Instant) {
	const cleared = { passcodeFailures: 0, passcodeSlowedUntil: null, smsFailedAt: null };
	const failures = { ...cleared, ...calmed(api, account, cleared) };
	const completedAt = account.completedAt ?? now;
	return { phoneNumber, phoneVerifiedAt: now, completedAt, reminderDueAt: null, ...failures } satisfies AccountChanges;
}
