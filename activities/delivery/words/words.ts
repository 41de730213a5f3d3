import type { Template } from '../../../domain/message.js';
import type { Mail } from '../mail.js';

/** What every mail may name. */
interface Named {
	product: string;
	/** Where Customer Success is reached: an address, a number or a link; null when none is configured. */
	contact: string | null;
	logInUrl: string;
}

/** What was done on the account until the mail: dates in words of the language, the number masked; null what was not. */
export interface Changes {
	passwordChanged: string | null;
	authenticatorConfirmed: string | null;
	phone: string | null;
}

/** What each mail is filled with. */
export interface MailValues {
	'temporary-password': Named & { email: string; temporaryPassword: string; validUntil: string };
	'email-corrected': Named;
	'phone-reminder': Named;
	'password-changed': Named & Changes;
	'authenticator-confirmed': Named & Changes;
	'phone-verified': Named & Changes;
	'account-unlocked': Named;
	'account-frozen': Named;
	'account-unfrozen': Named;
	'sessions-ended': Named;
	'account-erased': Named;
}

export type MailTemplate = Exclude<Template, 'passcode'>;

export interface PasscodeValues {
	product: string;
	passcode: string;
	/** Which code of the account this is, from 1. */
	number: number;
	/** A length of time in words of the language, "10 minutes". */
	validFor: string;
}

type MailWords = {
	[T in MailTemplate]: (values: MailValues[T]) => Pick<Mail, 'subject' | 'preheader' | 'heading' | 'parts'>;
};

/** The mails that tell of what agents did. */
export type HelpWords = Pick<MailWords, 'account-unlocked' | 'account-frozen' | 'account-unfrozen' | 'sessions-ended'>;

/** Everything the product says by e-mail and SMS in one language. A language that lacks a sentence does not compile. */
export interface Words {
	language: string;
	direction: 'ltr' | 'rtl';
	greeting(name: string | null): string;
	footer(product: string): string;
	mails: MailWords;
	/** Of letters of the GSM alphabet where the language allows, so that it costs one SMS. */
	passcode(values: PasscodeValues): string;
}
