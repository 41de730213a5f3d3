import { help } from './en-help.js';
import { facts } from './facts.js';
import type { Changes, Words } from './words.js';

const customerSuccess = (contact: string | null) => (contact ? `Customer Success (${contact})` : 'Customer Success');

const notYou = (contact: string | null) =>
	({
		kind: 'answer',
		question: 'Was this not you?',
		text: `Contact ${customerSuccess(contact)} at once. They will never ask for your password or for a code.`,
	}) as const;

const done = ({ passwordChanged, authenticatorConfirmed, phone }: Changes) =>
	facts([
		['Password changed:', passwordChanged],
		['Mobile token active since:', authenticatorConfirmed],
		['Fallback phone:', phone],
	]);

export const en: Words = {
	language: 'en',
	direction: 'ltr',
	greeting: (name) => (name ? `Hello ${name},` : 'Hello,'),
	footer: (product) =>
		`You receive this message because it concerns your account on ${product}. Please do not reply, replies are not read.`,
	mails: {
		'temporary-password': ({ product, contact, logInUrl, email, temporaryPassword, validUntil }) => ({
			subject: `Your registration on ${product}: log in with your temporary password`,
			preheader: `Valid until ${validUntil}.`,
			heading: 'You are registered',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success has processed your registration on ${product}. Log in with the temporary password below, and choose a password of your own.`,
				},
				{ kind: 'fact', label: 'Your email:', value: email },
				{ kind: 'secret', label: 'Your temporary password:', value: temporaryPassword },
				{ kind: 'fact', label: 'Valid until:', value: validUntil },
				{ kind: 'button', label: 'Log In', url: logInUrl },
				{
					kind: 'steps',
					title: 'It takes a few minutes. Have your phone at hand.',
					items: [
						'Enter your email and your temporary password, and click on “Continue”.',
						'Choose a new password.',
						'Scan the QR code with an authenticator app, such as Google Authenticator, Microsoft Authenticator or 2FA Authenticator. This is your mobile token.',
						'Enter a fallback mobile phone number, or choose “Remind me later”.',
					],
				},
				{
					kind: 'answer',
					question: 'Has your temporary password expired?',
					text: `Please contact ${customerSuccess(contact)} to receive a new one. Only the newest password works.`,
				},
				{
					kind: 'answer',
					question: 'Did you not expect this email?',
					text: `Your address may have been entered by mistake. Do not use the link, and tell ${customerSuccess(contact)}.`,
				},
			],
		}),
		'email-corrected': ({ product, contact }) => ({
			subject: `This address no longer belongs to an account on ${product}`,
			preheader: 'Customer Success has changed the email address of the account.',
			heading: 'Your email address was changed',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success has changed the email address of your account on ${product}. This address can no longer be used to log in, and a temporary password that was sent to it no longer works.`,
				},
				{
					kind: 'paragraph',
					text: 'If you asked for this, you do not need to do anything: look for a message at your new address.',
				},
				{
					kind: 'answer',
					question: 'Did you not expect this email?',
					text: `If the account is yours, contact ${customerSuccess(contact)}. If you have never heard of it, your address was entered by mistake and is now removed.`,
				},
			],
		}),
		...help(customerSuccess),
		'account-erased': ({ product, contact }) => ({
			subject: `Your account on ${product} was erased`,
			preheader: 'Your data was removed. This is our last message.',
			heading: 'Your account was erased',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success has erased your account on ${product}. Your name, your email address, your phone number, your password and your mobile token were removed. You can no longer log in.`,
				},
				{
					kind: 'paragraph',
					text: 'In your authenticator app, you can delete the entry of this account. This is the last message that you receive about it.',
				},
				{
					kind: 'answer',
					question: 'Did you not ask for this?',
					text: `Contact ${customerSuccess(contact)}. An erased account cannot be restored, but you can be registered again.`,
				},
			],
		}),
		'phone-reminder': ({ product, contact, logInUrl }) => ({
			subject: `Reminder: add your fallback mobile phone to ${product}`,
			preheader: 'You can log in with it if you lose your mobile token.',
			heading: 'Add your fallback mobile phone',
			parts: [
				{
					kind: 'paragraph',
					text: `You asked to be reminded: your account on ${product} has no fallback mobile phone number yet. If you lose access to your mobile token, you can log in with a code sent to that number.`,
				},
				{
					kind: 'paragraph',
					text: 'Log in, enter the number, and then the code that you receive by SMS. It takes about a minute.',
				},
				{ kind: 'button', label: 'Log In', url: logInUrl },
				{
					kind: 'answer',
					question: 'Not now?',
					text: 'Choose “Remind me later” after you log in. Your account works as it is.',
				},
				{
					kind: 'answer',
					question: 'Do you need help?',
					text: `Contact ${customerSuccess(contact)}.`,
				},
			],
		}),
		'password-changed': ({ product, contact, ...changes }) => ({
			subject: `Your password for ${product} was changed`,
			preheader: 'If it was you, you do not need to do anything.',
			heading: 'Your password was changed',
			parts: [
				{
					kind: 'paragraph',
					text: `The password of your account on ${product} was changed. The previous password no longer works.`,
				},
				...done(changes),
				{ kind: 'paragraph', text: 'If it was you, you do not need to do anything.' },
				notYou(contact),
			],
		}),
		'authenticator-confirmed': ({ product, contact, ...changes }) => ({
			subject: `Your mobile token for ${product} is active`,
			preheader: 'From now on you log in with your password and a code of your authenticator app.',
			heading: 'Your mobile token is active',
			parts: [
				{
					kind: 'paragraph',
					text: `An authenticator app was set up as the mobile token of your account on ${product}. From now on you log in with your password and the code that the app shows.`,
				},
				...done(changes),
				{
					kind: 'paragraph',
					text: 'Keep the app on your phone. If it was you, you do not need to do anything else.',
				},
				notYou(contact),
			],
		}),
		'phone-verified': ({ product, contact, ...changes }) => ({
			subject: `Your fallback mobile phone for ${product} is set`,
			preheader: 'You can log in with it if you lose your mobile token.',
			heading: 'Your fallback mobile phone is set',
			parts: [
				{
					kind: 'paragraph',
					text: `This number was confirmed as the fallback mobile phone of your account on ${product}. If you lose access to your mobile token, you can log in with a code sent to that number.`,
				},
				...done(changes),
				{ kind: 'paragraph', text: 'If it was you, you do not need to do anything.' },
				notYou(contact),
			],
		}),
	},
	passcode: ({ product, passcode, number, validFor }) =>
		number > 1
			? `${passcode} is code ${number} from ${product}. Valid for ${validFor}; earlier codes no longer work. Do not share it.`
			: `${passcode} is your code from ${product}. Valid for ${validFor}. Do not share it.`,
};
