import type { Facts } from '../domain/facts.js';
import { stepDeadline, stepSince } from '../domain/facts.js';
import { MESSAGE_STATES, type MessageState } from '../domain/message.js';
import { type Attention, attentionOf, nextStep, type Step } from '../domain/step.js';
import type { Instant } from '../domain/time.js';

/** Where an account stands, as operations see it: the answer of the query and what Temporal UI shows. */
export interface OnboardingStanding {
	step: Step | 'erased';
	since: Instant;
	/** When the step ends by itself. */
	deadline: Instant | null;
	attention: Attention | null;
	messages: Partial<Record<MessageState, number>>;
	passcode: {
		number: number;
		delivery: MessageState;
		resendAvailableAt: Instant;
		anotherMayBeAskedFor: boolean;
	} | null;
	reminderDueAt: Instant | null;
}

/** What has to happen next, in the imperative. */
const STEP_IN_WORDS: Record<OnboardingStanding['step'], string> = {
	'change-password': 'the user must change the temporary password',
	'temporary-password-expired': 'the temporary password expired; Customer Success must send a new one',
	'confirm-authenticator': 'the user must confirm the authenticator',
	'verify-phone': 'the user must verify a phone, or defer it',
	complete: 'complete',
	erased: 'the account was erased',
};

const ATTENTION_IN_WORDS: Record<Attention, string> = {
	frozen: 'frozen by Customer Success',
	'email-failed': 'an e-mail could not be delivered',
	'email-delayed': 'an e-mail is owed for more than a quarter of an hour',
	'sms-failed': 'an SMS could not be delivered',
	locked: 'locked after too many wrong codes',
	'under-attack': 'many wrong codes in a row',
	'temporary-password-expired': 'the temporary password expired',
};

export function standingOf(facts: Facts, now: Instant): OnboardingStanding {
	const { passcode, erasedAt } = facts;
	return {
		step: erasedAt ? 'erased' : nextStep(facts, now),
		since: erasedAt ?? stepSince(facts, now),
		deadline: stepDeadline(facts, now),
		attention: erasedAt ? null : attentionOf(facts, now),
		messages: facts.messageCounts,
		passcode: passcode && {
			number: passcode.number,
			delivery: passcode.delivery,
			resendAvailableAt: passcode.resendAvailableAt,
			anotherMayBeAskedFor: passcode.resendAvailableAt <= now,
		},
		reminderDueAt: facts.reminderDueAt,
	};
}

/** The same as a Markdown table, without empty rows. */
export function standingAsMarkdown(standing: OnboardingStanding): string {
	const { step, since, deadline, attention, passcode, reminderDueAt } = standing;
	const rows: [string, string | null][] = [
		['step', `**${step}**: ${STEP_IN_WORDS[step]}`],
		['since', since],
		['deadline', deadline],
		['attention', attention && `**${attention}**: ${ATTENTION_IN_WORDS[attention]}`],
		['messages', messagesInWords(standing.messages)],
		['passcode', passcode && passcodeInWords(passcode)],
		['next reminder of the phone', reminderDueAt],
	];
	const filled = rows.filter(([, value]) => value);
	return ['| | |', '|---|---|', ...filled.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

function messagesInWords(counts: OnboardingStanding['messages']): string {
	return MESSAGE_STATES.filter((state) => counts[state])
		.map((state) => `${counts[state]} ${state}`)
		.join(', ');
}

function passcodeInWords(passcode: NonNullable<OnboardingStanding['passcode']>): string {
	const another = passcode.anotherMayBeAskedFor ? 'now' : `from ${passcode.resendAvailableAt}`;
	return `no. ${passcode.number} ${passcode.delivery}; another may be asked for ${another}`;
}
