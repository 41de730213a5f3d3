import type { HelpWords } from './words.js';

export const help: HelpWords = {
	unlock: {
		title: 'Unlock the account',
		lead: (email) => `${email} can enter passwords and codes again at once.`,
		notes: [
			'All wrong passwords and codes are forgotten, and so are the waits.',
			'Ask first whether the wrong codes were the user’s. If not, another person may know the password.',
			'The user is told by email.',
		],
		go: 'Unlock',
	},
	freeze: {
		title: 'Freeze the account',
		lead: (email) => `${email} is logged out everywhere and cannot log in until you unfreeze the account.`,
		notes: [
			'Nothing in the account is changed or removed.',
			'Only who knows the password reads that the account is frozen.',
			'The user is told by email.',
		],
		go: 'Freeze',
	},
	unfreeze: {
		title: 'Unfreeze the account',
		lead: (email) => `${email} can log in again, with the password and the mobile token as before.`,
		notes: ['Make sure first that you speak with the user.', 'The user is told by email.'],
		go: 'Unfreeze',
	},
	endSessions: {
		title: 'Log out everywhere',
		lead: (email) => `${email} is logged out on every device, and can log in again at once.`,
		notes: ['Password and mobile token stay as they are.', 'The user is told by email.'],
		go: 'Log out everywhere',
	},
	person: {
		title: 'Correct name and language',
		lead: (email) => `For ${email}. Emails greet with the name and are written in the language.`,
		nameHint: 'Leave it empty to remove the name.',
		go: 'Correct',
	},
	frozenFirst: 'The account is frozen, and nothing that opens it can be sent. Unfreeze it first.',
	frozenSince: 'Frozen since',
};
