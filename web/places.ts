import type { Profile } from '../acts/accounts/profile.js';
import type { Instant } from '../domain/time.js';

/** Where each page lies. */
export const PLACES = {
	home: '/',
	logIn: '/log-in',
	logOut: '/log-out',
	code: '/log-in/code',
	password: '/set-up/password',
	mobileToken: '/set-up/mobile-token',
	qrCode: '/set-up/mobile-token/qr.svg',
	phone: '/set-up/phone',
	phoneCode: '/set-up/phone/code',
	done: '/set-up/done',
	desk: '/agent',
} as const;
export type Place = (typeof PLACES)[keyof typeof PLACES];

/** Where the reader stands, on whatever device: the page of what comes next. */
export function placeOf(me: Profile | null, now: Instant): Place {
	switch (me?.session.next) {
		case undefined:
			return PLACES.logIn;
		case 'change-password':
		case 'temporary-password-expired':
			return PLACES.password;
		case 'confirm-authenticator':
			return PLACES.mobileToken;
		case 'totp':
			return PLACES.code;
		case 'verify-phone':
		case 'phone':
			return hasLivePasscode(me, now) ? PLACES.phoneCode : PLACES.phone;
		default:
			return me?.role === 'agent' ? PLACES.desk : PLACES.home;
	}
}

/** Whether the reader may give or verify a phone: at its step, and after a deferral until a number is verified. */
export function mayAddPhone(me: Profile | null): boolean {
	return me?.security?.authenticatorConfirmedAt != null && me.security.phoneVerifiedAt === null;
}

export function isComplete(me: Profile | null): boolean {
	return me?.session.step === 'complete' && me.security !== null;
}

function hasLivePasscode(me: Profile | null, now: Instant): boolean {
	const passcode = me?.onboarding.phone?.passcode;
	return passcode != null && passcode.expiresAt > now;
}
