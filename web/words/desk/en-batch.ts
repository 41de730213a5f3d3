import type { DeskWords } from './words.js';

export const batch: DeskWords['batch'] = {
	title: 'Register many',
	lead: 'Paste a list or choose a file. You see its problems before anything is sent.',
	list: 'List',
	listHint:
		'One person per line: email, name, language, separated by commas, semicolons or tabs. For another order, name the columns in the first line.',
	file: 'Or a CSV file',
	fileHint: 'At most 5,000 people and 1 MB. If you choose a file, the list above is ignored.',
	rate: 'People per second',
	rateHint: 'A slower rate is easier on mail servers.',
	check: 'Check the list',
	checkTitle: 'What the list contains',
	ready: (n, text) => (n === 1 ? '1 person will be registered.' : `${text} people will be registered.`),
	flawed: (n, text) =>
		n === 1 ? '1 line has a problem and is left out.' : `${text} lines have a problem and are left out.`,
	known: (n, text) =>
		n === 1
			? '1 person already has an account and receives nothing.'
			: `${text} people already have an account and receive nothing.`,
	nothing: 'This list contains no person to register.',
	line: (n) => `Line ${n}`,
	problems: {
		'email-missing': 'The email is missing.',
		'email-invalid': 'This is not an email address.',
		'name-invalid':
			'The name must be the name of a person on one line, at most 100 characters, without numbers, links or sentences.',
		'locale-invalid': 'This is not a language tag such as en, pt-BR or ar.',
		repeated: 'This email is already in a line above.',
		'too-many-fields': 'The line has more fields than there are columns.',
	},
	moreRows: (n) => `And ${n} more.`,
	go: (n) => `Register ${n}`,
	takes: (time) => `It takes about ${time}.`,
	change: 'Change the list',
	refused: {
		gone: 'The list has expired. Paste it or choose the file again.',
		empty: 'Paste a list or choose a file with at least one person.',
		unreadable: 'The list cannot be read: a quotation mark is opened but not closed.',
		tooLong: (rows) => `The list is too long. Divide it into lists of at most ${rows} people.`,
	},
	recent: 'Recent lists',
	progressTitle: 'Registering',
	progress: (done, all) => `${done} of ${all} done`,
	registered: (n) => `${n} registered`,
	taken: (n) => `${n} already had an account`,
	waiting: (n) => `${n} waiting`,
	stopped: (n) => `${n} not registered`,
	finished: (moment) => `Finished ${moment}`,
	stoppedAt: (moment) => `Stopped ${moment}`,
	started: (moment, who) => `Started ${moment} by ${who}`,
	takenTitle: 'Already had an account, received nothing',
	stoppedTitle: 'Not registered',
	stoppedLead:
		'The agent who started this list no longer has access, so the list was stopped. These people were not registered and received nothing. Start another list to register them.',
	reload: 'This page reloads until the list is finished.',
	another: 'Register more',
};
