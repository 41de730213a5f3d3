import type { HelpWords } from './words.js';

/** What agents did for the account, and to it. */
export function help(customerSuccess: (contact: string | null) => string): HelpWords {
	const unasked = (contact: string | null) =>
		({
			kind: 'answer',
			question: 'Did you not ask for this?',
			text: `Contact ${customerSuccess(contact)} at once. They will never ask for your password or for a code.`,
		}) as const;
	return {
		'account-unlocked': ({ product, contact }) => ({
			subject: `Your account on ${product} was unlocked`,
			preheader: 'You can log in and enter codes again.',
			heading: 'Your account was unlocked',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success has unlocked your account on ${product}. It was held up after many wrong passwords or codes. You can now log in and enter codes again.`,
				},
				{
					kind: 'paragraph',
					text: 'If the wrong passwords or codes were not yours, another person may know your password. Tell Customer Success.',
				},
				unasked(contact),
			],
		}),
		'account-frozen': ({ product, contact }) => ({
			subject: `Your account on ${product} was frozen`,
			preheader: 'You were logged out everywhere, and no login is possible.',
			heading: 'Your account was frozen',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success has frozen your account on ${product} to protect it. You are logged out everywhere, and no login works until Customer Success unfreezes the account. Your account keeps its data.`,
				},
				{
					kind: 'paragraph',
					text: `To use your account again, contact ${customerSuccess(contact)}.`,
				},
				unasked(contact),
			],
		}),
		'account-unfrozen': ({ product, contact }) => ({
			subject: `Your account on ${product} is no longer frozen`,
			preheader: 'You can log in again as you did before.',
			heading: 'Your account is no longer frozen',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success has ended the freeze of your account on ${product}. You can log in again with the same password and the same mobile token as before.`,
				},
				unasked(contact),
			],
		}),
		'sessions-ended': ({ product, contact }) => ({
			subject: `You were logged out of ${product} everywhere`,
			preheader: 'You can log in again at once.',
			heading: 'You were logged out everywhere',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success has ended all sessions of your account on ${product}. On each device you have to log in again. Your password and your mobile token are the same as before.`,
				},
				unasked(contact),
			],
		}),
	};
}
