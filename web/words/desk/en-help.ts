import type { HelpWords } from './words.js';

export const help: HelpWords = {
	unlock: {
		title: 'Unlock the account',
		lead: (email) => `${email} can enter passwords and codes again immediately.`,
		notes: [
			'We clear all wrong passwords and codes, and all waits.',
			'Ask first whether the wrong codes were the user’s. If not, another person may know the password.',
			'We tell the user by email.',
		],
		go: 'Unlock',
	},
	freeze: {
		title: 'Freeze the account',
		lead: (email) => `${email} is logged out everywhere and cannot log in until you unfreeze the account.`,
		notes: [
			'The account keeps its data and its step.',
			'A user who knows the password reads at sign-in that the account is frozen.',
			'We tell the user by email.',
		],
		go: 'Freeze',
	},
	unfreeze: {
		title: 'Unfreeze the account',
		lead: (email) => `${email} can log in again with the same password and mobile token.`,
		notes: ['Make sure first that you speak with the user.', 'We tell the user by email.'],
		go: 'Unfreeze',
	},
	endSessions: {
		title: 'Log out everywhere',
		lead: (email) => `${email} is logged out on every device and can log in again immediately.`,
		notes: ['The password and the mobile token do not change.', 'We tell the user by email.'],
		go: 'Log out everywhere',
	},
	person: {
		title: 'Correct name and language',
		lead: (email) => `For ${email}. Emails use this name and language.`,
		nameHint: 'Leave it empty to remove the name.',
		go: 'Correct',
	},
	frozenFirst: 'The account is frozen, so you cannot issue a temporary password. Unfreeze it first.',
	frozenSince: 'Frozen since',
};
