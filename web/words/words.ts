import type { PasswordFlaw } from '../../domain/credentials/password.js';
import type { MessageReason, MessageState } from '../../domain/message.js';
import type { PhoneFlaw } from '../../domain/phone.js';
import type { RefusalCode } from '../../domain/refusal.js';
import type { UserFlash } from './flashes.js';

/** Values for the sentence about a refusal. Lengths of time are already in words of the language. */
export interface RefusalValues {
	contact: string;
	/** How long to wait. */
	wait: string;
	/** True when waiting does not help. */
	final: boolean;
	/** True when the act sends an SMS. */
	sending: boolean;
	liveCode: string | null;
	/** The offset of the phone's clock. */
	clock: { by: string; ahead: boolean } | null;
	passwordLength: { min: string; max: string };
	product: string;
}

/** What is wrong with a field: the flaws that acts find, and empty fields. */
export type FieldFlaw =
	| PasswordFlaw
	| PhoneFlaw
	| 'malformed'
	| 'wrong'
	| 'credentials'
	| 'email-missing'
	| 'password-missing'
	| 'number-missing'
	| 'code-missing';

/** The reasons of a failed SMS that its user can act on. */
type ActionableReason = Extract<
	MessageReason,
	'number-invalid' | 'number-opted-out' | 'country-not-available' | 'handset-unreachable' | 'carrier-rejected'
>;

/** All sentences of users' pages in one language. A language without one of them does not compile. */
export interface Words {
	/** BCP 47, without a region. */
	language: string;
	/** The language's own name. */
	name: string;
	direction: 'ltr' | 'rtl';
	common: {
		language: string;
		skip: string;
		logIn: string;
		logOut: string;
		continue: string;
		later: string;
		error: string;
		problem: string;
		steps: string;
		step: (n: string, of: string) => string;
		stepDone: string;
		help: (contact: string) => string;
		toPlatform: string;
		opensNewTab: string;
	};
	stepNames: { password: string; token: string; phone: string };
	flashes: Record<UserFlash, string>;
	home: { title: string; lead: string; newHere: string; promise: string; about: [name: string, text: string][] };
	logIn: { title: string; lead: string; email: string; password: string; hint: (lifetime: string) => string };
	showPassword: string;
	hidePassword: string;
	code: {
		title: string;
		lead: string;
		label: string;
		hint: string;
		lost: string;
		lostText: (contact: string) => string;
	};
	expired: { title: string; lead: string; contact: (contact: string) => string; kept: string; back: string };
	password: {
		title: string;
		lead: string;
		label: string;
		rules: string;
		length: (min: string) => string;
		notYours: (product: string) => string;
		notCommon: string;
		until: (moment: string) => string;
	};
	token: {
		title: string;
		lead: string;
		getApp: string;
		getAppText: string;
		scan: string;
		scanText: string;
		qrCode: string;
		samePhone: string;
		openApp: string;
		byHand: string;
		account: string;
		key: string;
		kind: string;
		kindText: string;
		copy: string;
		copied: string;
		enter: string;
		label: string;
		hint: string;
	};
	phone: {
		title: string;
		lead: string;
		askedAgain: string;
		country: string;
		number: string;
		hint: string;
		sends: string;
		smallPrint: string;
		laterHint: (date: string) => string;
	};
	phoneCode: {
		title: string;
		sent: (code: string, number: string) => string;
		onlyNewest: (code: string) => string;
		smsStates: Record<'underway' | Extract<MessageState, 'sent' | 'delivered' | 'failed' | 'unknown'>, string>;
		/** Instead of `failed`, where the user can do something about it. */
		smsReasons: Record<ActionableReason, string>;
		until: (time: string) => string;
		over: string;
		label: string;
		attemptsLeft: (n: number) => string;
		notThere: string;
		notThereText: string;
		number: string;
		numberHint: string;
		wait: (time: string) => string;
		countdown: (wait: string) => string;
		now: string;
		resend: string;
		reload: string;
	};
	done: {
		title: string;
		lead: string;
		setUp: string;
		password: string;
		passwordText: string;
		add: string;
		next: string;
	};
	security: {
		title: string;
		lead: string;
		token: string;
		active: string;
		since: (date: string) => string;
		lost: string;
		lostText: (contact: string) => string;
		phone: string;
		none: string;
		noneText: string;
		askAgain: (date: string) => string;
		add: string;
		changePhone: (contact: string) => string;
		recovery: string;
		recoveryText: string;
		notYet: string;
	};
	problem: { title: string; unexpected: string; notFoundTitle: string; home: string };
	refusals: { [C in RefusalCode]: (values: RefusalValues) => string };
	flaws: { [F in FieldFlaw]: (values: RefusalValues) => string };
}
