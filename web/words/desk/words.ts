import type { RowProblem } from '../../../acts/batches/rows.js';
import type { EventName } from '../../../domain/event.js';
import type { MessageReason, MessageState, Template } from '../../../domain/message.js';
import type { Attention, Step } from '../../../domain/step.js';
import type { DeskFlash } from '../flashes.js';
import type { DeskFlaw } from '../flaws.js';

/** All sentences of the desk in one language. A language without one of them does not compile. */
export interface DeskWords {
	/** The name of the team, which the desk bears. */
	name: string;
	nav: { label: string; accounts: string; register: string; registerMany: string };
	flashes: Record<DeskFlash, string>;
	flaws: Record<DeskFlaw, string>;
	steps: Record<Step, string>;
	/** What has to happen for the account to go on. */
	stepMeaning: Record<Step, string>;
	attention: Record<Attention, string>;
	/** What an agent can do about it. */
	attentionHelp: Record<Attention, string>;
	templates: Record<Template, string>;
	messageStates: Record<MessageState, string>;
	messageReasons: Record<MessageReason, string>;
	events: Record<EventName, string>;
	/** Reasons of events that are codes. */
	eventReasons: Record<
		'totp' | 'password' | 'temporary-password' | 'wrong-password' | 'temporary-password-expired' | 'account-frozen',
		string
	>;
	actors: {
		user: string;
		workflow: string;
		console: string;
		'first-start': string;
		agentGone: string;
		key: (name: string) => string;
	};
	list: {
		title: string;
		search: string;
		searchHint: string;
		find: string;
		all: string;
		needsAttention: string;
		filterSteps: string;
		none: string;
		noneText: string;
		clear: string;
		more: string;
		first: string;
		expires: (when: string) => string;
		expired: (when: string) => string;
		registered: (when: string) => string;
		complete: (when: string) => string;
	};
	account: {
		where: string;
		since: string;
		until: string;
		noDeadline: string;
		facts: string;
		name: string;
		noName: string;
		language: string;
		registered: string;
		password: string;
		passwordStates: Record<'queued' | 'sent' | 'failed' | 'expired' | 'used', string>;
		token: string;
		tokenActive: (date: string) => string;
		notYet: string;
		phone: string;
		phoneVerified: (number: string, date: string) => string;
		phonePending: (number: string) => string;
		phoneDeferred: (date: string) => string;
		attempts: string;
		wrongTotp: (n: string) => string;
		wrongPasscodes: (n: string) => string;
		noWrong: string;
		slowed: (time: string) => string;
		locked: (date: string) => string;
		passcode: (n: string, left: string, time: string) => string;
		passcodeOver: (n: string) => string;
		workflow: string;
		messages: string;
		noMessages: string;
		timeline: string;
		by: (who: string) => string;
		from: (network: string) => string;
		acts: string;
		back: string;
	};
	result: {
		title: string;
		who: string;
		sent: string;
		sentAt: (moment: string) => string;
		underway: string;
		failed: string;
		expires: string;
	};
	reason: { label: string; hint: string };
	confirm: { change: string; cancel: string };
	register: {
		title: string;
		lead: string;
		email: string;
		name: string;
		optional: string;
		language: string;
		languageHint: string;
		next: string;
		confirmTitle: string;
		confirmLead: (email: string) => string;
		go: string;
		takenTitle: string;
		taken: (email: string) => string;
		takenByAgent: (email: string) => string;
		show: string;
	};
	reissue: { title: string; lead: (email: string) => string; notes: string[]; go: string; done: string };
	correct: {
		title: string;
		lead: (email: string) => string;
		email: string;
		next: string;
		confirmTitle: string;
		from: string;
		to: string;
		notes: string[];
		go: string;
	};
	erase: ReasonedActWords;
	help: HelpWords;
	batch: {
		title: string;
		lead: string;
		list: string;
		listHint: string;
		file: string;
		fileHint: string;
		rate: string;
		rateHint: string;
		check: string;
		checkTitle: string;
		ready: (n: number, text: string) => string;
		flawed: (n: number, text: string) => string;
		known: (n: number, text: string) => string;
		nothing: string;
		line: (n: string) => string;
		problems: Record<RowProblem, string>;
		moreRows: (n: string) => string;
		go: (n: string) => string;
		takes: (time: string) => string;
		change: string;
		refused: { gone: string; empty: string; unreadable: string; tooLong: (rows: string) => string };
		recent: string;
		progressTitle: string;
		progress: (done: string, all: string) => string;
		registered: (n: string) => string;
		taken: (n: string) => string;
		waiting: (n: string) => string;
		stopped: (n: string) => string;
		finished: (moment: string) => string;
		stoppedAt: (moment: string) => string;
		started: (moment: string, who: string) => string;
		takenTitle: string;
		stoppedTitle: string;
		stoppedLead: string;
		reload: string;
		another: string;
	};
}

/** An act that needs only a reason: its effects, and the label of its button. */
export interface ReasonedActWords {
	title: string;
	lead: (email: string) => string;
	notes: string[];
	go: string;
}

/** The desk's words for the help to one user. */
export interface HelpWords {
	unlock: ReasonedActWords;
	freeze: ReasonedActWords;
	unfreeze: ReasonedActWords;
	endSessions: ReasonedActWords;
	person: { title: string; lead: (email: string) => string; nameHint: string; go: string };
	/** Shown in place of an act that a frozen account refuses. */
	frozenFirst: string;
	frozenSince: string;
}

/** The desk's words for messages and events. */
export type StoryWords = Pick<
	DeskWords,
	'templates' | 'messageStates' | 'messageReasons' | 'events' | 'eventReasons' | 'actors'
>;
