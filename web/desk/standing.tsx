import type { Account } from '../../acts/views.js';
import type { Step } from '../../domain/step.js';
import type { Desk } from './section.js';

const TONES: Record<Step, string> = {
	'change-password': 'none',
	'temporary-password-expired': 'bad',
	'confirm-authenticator': 'none',
	'verify-phone': 'none',
	complete: 'good',
};

/** The step in words. Its color adds no information. */
export function StepName({ desk, account }: { desk: Desk; account: Account }) {
	return <span class={`state ${TONES[account.step]}`}>{desk.words.steps[account.step]}</span>;
}

/** Why the account needs attention, unless the step already says so. */
export function Attention({ desk, account }: { desk: Desk; account: Account }) {
	const { attention, step } = account;
	if (!attention || attention === step) return null;
	return <span class="state bad">{desk.words.attention[attention]}</span>;
}
