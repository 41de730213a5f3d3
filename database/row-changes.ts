import type { MessageReason, Template } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import { forgetAnswers } from './answers.js';
import { endPendingAuthenticators } from './authenticators.js';
import { type BatchRowEnd, endBatchRow, forgetWaitingRows, stopBatches } from './batches.js';
import type { Tx } from './connect.js';
import { forgetEvents } from './events.js';
import { forgetNetworks, rememberNetwork } from './known-networks.js';
import { clearLimits, giveBackToLimits, type Limit, takeFromLimits } from './limits.js';
import { forgetRecipients, markFailed, markReported, type ReportedEnd, voidMessages } from './messages.js';
import { changePasscode, forgetPasscodes, insertPasscode, type PasscodeChanges } from './passcodes.js';
import type { PasscodeRow } from './schema.js';
import {
	endSession,
	endSessions,
	type OpenedSession,
	openSession,
	rotateSession,
	type WhichSessions,
} from './sessions.js';

/** What an act may change beside its account's own row: the name of each change, and what it takes. */
export interface RowChanges {
	/** Unsent messages of a template become void. */
	voidMessages: Template;
	/** The message ends as failed, unless it has ended. */
	failMessage: { id: string; reason: MessageReason };
	/** The message ends as the provider reports, unless it has ended. */
	reportMessage: ReportedEnd;
	/** Supersedes the earlier passcodes. */
	insertPasscode: PasscodeRow;
	changePasscode: { id: string } & PasscodeChanges;
	/** Ends the sessions that a temporary password opened. */
	openSession: OpenedSession;
	/** Rotates the token of a session, which is given as it is afterwards. With `alone`, the account's other sessions end. */
	rotateSession: OpenedSession & { alone: boolean };
	endSession: string;
	endSessions: WhichSessions;
	endPendingAuthenticators: 'all';
	/** A keyed digest of e-mail and network. */
	rememberNetwork: string;
	clearLimits: string[];
	giveBackToLimits: string[];
	/** Counts once under a key. The limit never refuses: use `takeFromLimits` for one that does. */
	count: Limit;
	endBatchRow: BatchRowEnd;
	stopBatches: { createdBy: string };
	/** Removes the person with this e-mail from every table but `accounts`. */
	forgetPerson: { email: string | null };
}

/** One change, for example `{ endSession: id }`. */
export type RowChange = { [Name in keyof RowChanges]: { [Only in Name]: RowChanges[Name] } }[keyof RowChanges];

type Writer<Value> = (tx: Tx, value: Value, about: { accountId: string; now: Instant }) => Promise<unknown>;

const WRITERS: { [Name in keyof RowChanges]: Writer<RowChanges[Name]> } = {
	voidMessages: (tx, template, { accountId, now }) => voidMessages(tx, accountId, { template }, now),
	failMessage: (tx, { id, reason }, { now }) => markFailed(tx, id, reason, now),
	reportMessage: (tx, end, { now }) => markReported(tx, end, now),
	insertPasscode: (tx, passcode) => insertPasscode(tx, passcode),
	changePasscode: (tx, { id, ...changes }) => changePasscode(tx, id, changes),
	openSession: (tx, opened) => openSession(tx, opened),
	rotateSession: (tx, { alone, ...rotated }, { now }) => rotateSession(tx, rotated, alone, now),
	endSession: (tx, id) => endSession(tx, id),
	endSessions: (tx, which, { accountId }) => endSessions(tx, accountId, which),
	endPendingAuthenticators: (tx, _all, { accountId }) => endPendingAuthenticators(tx, accountId),
	rememberNetwork: (tx, digest, { accountId, now }) => rememberNetwork(tx, { digest, accountId }, now),
	clearLimits: (tx, keys) => clearLimits(tx, keys),
	giveBackToLimits: (tx, keys) => giveBackToLimits(tx, keys),
	count: (tx, limit, { now }) => takeFromLimits(tx, [limit], now),
	endBatchRow: (tx, end, { now }) => endBatchRow(tx, end, now),
	stopBatches: (tx, { createdBy }, { now }) => stopBatches(tx, createdBy, now),
	forgetPerson: async (tx, { email }, { accountId, now }) => {
		await endSessions(tx, accountId);
		await forgetRecipients(tx, accountId, now);
		await forgetPasscodes(tx, accountId);
		await forgetAnswers(tx, accountId);
		await forgetEvents(tx, accountId);
		await forgetNetworks(tx, accountId);
		await forgetWaitingRows(tx, { id: accountId, email }, now);
	},
};

/** Writes the changes in their order. */
export async function writeRows(
	tx: Tx,
	changes: readonly RowChange[],
	about: { accountId: string; now: Instant },
): Promise<void> {
	for (const change of changes) {
		const [[name, value]] = Object.entries(change) as [[keyof RowChanges, never]];
		await WRITERS[name](tx, value, about);
	}
}
