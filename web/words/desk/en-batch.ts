import type { DeskWords } from './words.js';

export const batch: DeskWords['batch'] = {
	title: 'Register many',
	lead: 'Paste a list or choose a file. Nothing is sent before you have seen what is wrong with it.',
	list: 'List',
	listHint:
		'One person a line: email, name, language. Comma, semicolon or tab between them. A first line with the names of the columns may say another order.',
	file: 'Or a CSV file',
	fileHint: 'At most 5,000 people and 1 MB. When you choose one, the list above is not read.',
	rate: 'How many a second',
	rateHint: 'A slower rate is easier on mail servers.',
	check: 'Check the list',
	checkTitle: 'What the list holds',
	ready: (n, text) => (n === 1 ? '1 person will be registered.' : `${text} people will be registered.`),
	flawed: (n, text) =>
		n === 1 ? '1 line has a problem and is left out.' : `${text} lines have a problem and are left out.`,
	known: (n, text) =>
		n === 1 ? '1 person has an account and is sent nothing.' : `${text} people have an account and are sent nothing.`,
	nothing: 'Nobody on this list can be registered.',
	line: (n) => `Line ${n}`,
	problems: {
		'email-missing': 'The email is missing.',
		'email-invalid': 'This is not an email address.',
		'name-invalid':
			'The name must read as the name of a person, in one line of at most 100 characters: no numbers, links or sentences.',
		'locale-invalid': 'This is not a language, such as en, pt-BR or ar.',
		repeated: 'This email stands further up already.',
		'too-many-fields': 'There are more fields than columns.',
	},
	moreRows: (n) => `And ${n} more.`,
	go: (n) => `Register ${n}`,
	takes: (time) => `It takes about ${time}.`,
	change: 'Change the list',
	refused: {
		gone: 'The list has waited too long and is no longer kept. Give it again.',
		empty: 'Paste a list or choose a file with at least one person.',
		unreadable: 'The list cannot be read: a quotation mark is opened and never closed.',
		tooLong: (rows) => `The list is too long. Divide it into parts of at most ${rows} people.`,
	},
	recent: 'Lists so far',
	progressTitle: 'Registering',
	progress: (done, all) => `${done} of ${all} done`,
	registered: (n) => `${n} registered`,
	taken: (n) => `${n} had an account`,
	waiting: (n) => `${n} wait`,
	stopped: (n) => `${n} not registered`,
	finished: (moment) => `Finished ${moment}`,
	stoppedAt: (moment) => `Stopped ${moment}`,
	started: (moment, who) => `Started ${moment} by ${who}`,
	takenTitle: 'Had an account, sent nothing',
	stoppedTitle: 'Not registered',
	stoppedLead:
		'The access of the agent who started this list has ended, so the list was stopped. These people were not registered and received nothing. Start another list to register them.',
	reload: 'This page reloads by itself until all are done.',
	another: 'Register more',
};
