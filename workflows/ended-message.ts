import type { Facts } from '../domain/facts.js';
import type { MessageState, OwedMessage } from '../domain/message.js';

/** The facts after one owed message ended, computed without another read of the database. */
export function withMessageEnded(facts: Facts, message: OwedMessage, state: MessageState): Facts {
	const listed = facts.owed.some(({ id }) => id === message.id);
	if (!listed) return facts;
	const isLive = facts.owed.filter(({ template }) => template === 'passcode').at(-1)?.id === message.id;
	const owed = facts.owed.filter(({ id }) => id !== message.id);
	return {
		...facts,
		owed,
		emailDelayedAt: owed.some(({ channel }) => channel === 'email') ? (facts.emailDelayedAt ?? null) : null,
		messageCounts: moved(facts.messageCounts, state),
		passcode: isLive && facts.passcode ? { ...facts.passcode, delivery: state } : facts.passcode,
		smsFailedAt: isLive && state === 'sent' ? null : facts.smsFailedAt,
	};
}

function moved(counts: Facts['messageCounts'], to: MessageState): Facts['messageCounts'] {
	const from = counts.queued ? 'queued' : 'sending';
	return { ...counts, [from]: Math.max(0, (counts[from] ?? 0) - 1), [to]: (counts[to] ?? 0) + 1 };
}
