import type { Profile } from '../../acts/accounts/profile.js';
import type { Instant } from '../../domain/time.js';

/** The path of each page, in Express's notation. */
export const PATHS = {
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
	language: '/language',
	desk: '/agent',
	register: '/agent/register',
	batches: '/agent/batches',
	batch: '/agent/batches/:batchId',
	account: '/agent/accounts/:accountId',
	reissue: '/agent/accounts/:accountId/temporary-password',
	correct: '/agent/accounts/:accountId/email',
	correctPerson: '/agent/accounts/:accountId/person',
	unlock: '/agent/accounts/:accountId/unlock',
	freeze: '/agent/accounts/:accountId/freeze',
	unfreeze: '/agent/accounts/:accountId/unfreeze',
	endSessions: '/agent/accounts/:accountId/sessions',
	erase: '/agent/accounts/:accountId/erasure',
} as const;
export type Path = (typeof PATHS)[keyof typeof PATHS];

/** The page of the reader's next step, the same on every device. */
export function nextPath(me: Profile | null, now: Instant): Path {
	switch (me?.session.next) {
		case undefined:
			return PATHS.logIn;
		case 'change-password':
		case 'temporary-password-expired':
			return PATHS.password;
		case 'confirm-authenticator':
			return PATHS.mobileToken;
		case 'totp':
			return PATHS.code;
		case 'verify-phone':
		case 'phone':
			return hasLivePasscode(me, now) ? PATHS.phoneCode : PATHS.phone;
		default:
			return me?.role === 'agent' ? PATHS.desk : PATHS.home;
	}
}

/** Whether the reader may give or verify a phone: at that step, and after a deferral until a number is verified. */
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

/** The pages of one account at the desk. */
type AccountPage = Extract<
	keyof typeof PATHS,
	'account' | 'reissue' | 'correct' | 'correctPerson' | 'unlock' | 'freeze' | 'unfreeze' | 'endSessions' | 'erase'
>;

export function accountPath(accountId: string, page: AccountPage = 'account'): string {
	return PATHS[page].replace(':accountId', accountId);
}

export function batchPath(batchId: string): string {
	return PATHS.batch.replace(':batchId', batchId);
}
