import { findNewestPasscode } from '../../database/passcodes.js';
import type { Role } from '../../database/schema.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import type { UserCall } from '../door/caller.js';
import { recognizeUser } from '../door/recognize.js';
import { sessionView } from '../door/session-view.js';
import { onboardingView } from '../onboarding/onboarding.js';
import type { Onboarding, Session } from '../views.js';

/** What a page needs to know of its reader, in one query. */
export interface Profile {
	email: string;
	name: string | null;
	/** BCP 47. */
	locale: string;
	/** True when the user chose `locale`; false when it comes from the registration. */
	localeChosen: boolean;
	role: Role;
	session: Session;
	onboarding: Onboarding;
	/** Null for a session without the second factor. */
	security: Security | null;
}

export interface Security {
	authenticatorConfirmedAt: Instant | null;
	phoneVerifiedAt: Instant | null;
	phoneDeferredUntil: Instant | null;
	/** The number under verification, unmasked in E.164, so that its owner sees a typing error; null when there is none. */
	phoneUnderWay: string | null;
}

/** The reader and their onboarding. A weaker session sees no more than `getOnboarding` shows it. */
export async function getProfile(api: Api, call: UserCall): Promise<Profile | Refusal> {
	const asker = await recognizeUser(api, call);
	if (isRefusal(asker)) return asker;
	const { account, session, now } = asker;
	const strong = session.assurance === 'two-factor';
	const passcode = strong && !account.phoneVerifiedAt ? await findNewestPasscode(api.db, account.id) : null;
	const { authenticatorConfirmedAt, phoneVerifiedAt, phoneDeferredUntil } = account;
	const phoneUnderWay = passcode?.phoneNumber ?? null;
	return {
		email: account.email ?? '',
		name: account.name,
		locale: account.locale,
		localeChosen: account.localeChosenAt !== null,
		role: account.role,
		session: sessionView(session, account, now),
		onboarding: onboardingView(account, session, { passcode, policy: api.policy, now }),
		security: strong ? { authenticatorConfirmedAt, phoneVerifiedAt, phoneDeferredUntil, phoneUnderWay } : null,
	};
}
