/** What can happen to an account, in the past tense: the audit event's name, and the signal's when one is sent. */
export const EVENTS = [
	'registered',
	'temporaryPasswordReissued',
	'emailCorrected',
	'temporaryPasswordExpired',
	'signedIn',
	'signInRefused',
	'signedOut',
	'passwordChanged',
	'codeRejected',
	'authenticatorShown',
	'authenticatorConfirmed',
	'passcodeIssued',
	'phoneVerified',
	'phoneDeferred',
	'phoneReminded',
	'messageReported',
	'messageFailed',
	'attackSuspected',
	'accountLocked',
	'accountUnlocked',
	'accountFrozen',
	'accountUnfrozen',
	'sessionsEnded',
	'accountCorrected',
	'accountErased',
] as const;
export type EventName = (typeof EVENTS)[number];

/** The signal of the sweep: nothing new is known, something is owed. */
export const OVERDUE_SIGNAL = 'foundOverdue';
