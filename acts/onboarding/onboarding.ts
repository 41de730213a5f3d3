import { findNewestPasscode, type PasscodeWithDelivery } from '../../database/passcodes.js';
import type { AccountRow, SessionRow } from '../../database/schema.js';
import { maskPhone } from '../../domain/phone.js';
import { codesLeft, type Policy } from '../../domain/policy.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { nextStep } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import { ASSURANCE_OF_STEP } from '../door/access.js';
import type { UserCall } from '../door/caller.js';
import { recognizeUser } from '../door/recognize.js';
import type { IssuedSession } from '../door/session.js';
import { sessionView } from '../door/session-view.js';
import type { Onboarding, PasscodeView, Session } from '../views.js';

/** The user's onboarding, as far as this session may see it. */
export async function getOnboarding(api: Api, call: UserCall): Promise<Onboarding | Refusal> {
	const asker = await recognizeUser(api, call);
	if (isRefusal(asker)) return asker;
	const { account, session, now } = asker;
	const passcode = session.assurance === 'two-factor' ? await findNewestPasscode(api.db, account.id) : null;
	return onboardingView(account, session, { passcode, policy: api.policy, now });
}

/** The onboarding after an act that raised the session, with the new session. */
export function raisedView(
	{ policy }: Pick<Api, 'policy'>,
	account: AccountRow,
	{ session, token }: IssuedSession,
	now: Instant,
): Onboarding {
	const seen = { passcode: null, policy, now, session: sessionView(session, account, now, token) };
	return onboardingView(account, session, seen);
}

interface Seen {
	passcode: PasscodeWithDelivery | null;
	policy: Policy;
	now: Instant;
	/** Present when the act raised the session. */
	session?: Session;
}

/** The onboarding as this session may see it. A session without the second factor sees only the step. */
export function onboardingView(account: AccountRow, session: SessionRow, seen: Seen): Onboarding {
	const { passcode, policy, now } = seen;
	const step = nextStep(account, now);
	const full = session.assurance === ASSURANCE_OF_STEP[step];
	return {
		step,
		temporaryPasswordExpiresAt: full && !account.passwordChangedAt ? account.temporaryPasswordExpiresAt : null,
		phone: full ? phoneView(account, passcode, policy) : null,
		...(seen.session && { session: seen.session }),
	};
}

function phoneView(account: AccountRow, passcode: PasscodeWithDelivery | null, policy: Policy): Onboarding['phone'] {
	if (account.phoneNumber) return { number: maskPhone(account.phoneNumber), passcode: null };
	if (!passcode) return null;
	return { number: maskPhone(passcode.phoneNumber), passcode: passcodeView(passcode, account, policy) };
}

function passcodeView(passcode: PasscodeWithDelivery, account: AccountRow, policy: Policy): PasscodeView {
	const { number, expiresAt, resendAvailableAt, delivery, deliveryReason } = passcode;
	const left = attemptsLeft(passcode, account, policy);
	return { number, expiresAt, resendAvailableAt, attemptsLeft: left, delivery, deliveryReason };
}

/** Attempts left: the smaller of the passcode's and the account's. */
export function attemptsLeft(
	passcode: { attemptsLeft: number },
	account: Pick<AccountRow, 'passcodeFailures'>,
	policy: Policy,
): number {
	return Math.min(passcode.attemptsLeft, codesLeft(policy, account.passcodeFailures));
}
