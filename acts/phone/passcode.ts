import { randomUUID } from 'node:crypto';
import type { Tx } from '../../database/connect.js';
import { type Issue, listIssues, type PasscodeWithDelivery } from '../../database/passcodes.js';
import type { RowChange } from '../../database/row-changes.js';
import type { AccountRow, PasscodeRow } from '../../database/schema.js';
import { mintPasscode } from '../../domain/credentials/passcode.js';
import { resendWaitMs, SMS_GIVE_UP_AFTER_MS } from '../../domain/policy.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { after, DAY_MS, type Instant, latest, secondsUntil } from '../../domain/time.js';
import { blockedFor } from '../authenticator/totp.js';
import type { Api } from '../context.js';
import type { NewMessage } from '../door/messages.js';
import type { Write } from '../door/settle.js';
import { type TakenSms, takeSms } from './sms-pots.js';

/** A request for one passcode. */
export interface Asked {
	account: AccountRow;
	/** E.164. */
	number: string;
	newest: PasscodeWithDelivery | null;
	now: Instant;
	source: string;
}

/** A passcode, and the changes that write it. */
export interface Issued {
	passcode: PasscodeWithDelivery;
	write: Write;
}

/** Issues a passcode, unless a wait or a cap refuses: first the account's own, then the shared ones (ASVS 2.4.1). */
export async function issue(api: Api, tx: Tx, asked: Asked): Promise<Issued | Refusal> {
	const { account, newest, number, now } = asked;
	const blocked = blockedFor(api, { failures: account.passcodeFailures, slowedUntil: null }, now);
	if (blocked) return blocked;
	if (newest && newest.resendAvailableAt > now) return tooSoon(newest, now);
	const issues = newest ? await listIssues(tx, account.id, now) : [];
	const opensAt = capOpensAt(api, issues);
	if (opensAt) return capReached(opensAt, now);
	const taken = await takeSms(api, tx, { ...asked, issues });
	if ('opensAt' in taken) return capReached(taken.opensAt, now);
	const { passcode, code } = mint(api, asked, taken, issues.filter(({ notSentAt }) => !notSentAt).length + 1);
	const superseded: RowChange[] = newest?.delivery === 'queued' ? [{ voidMessages: 'passcode' }] : [];
	const message: NewMessage = {
		id: passcode.messageId,
		accountId: account.id,
		channel: 'sms',
		template: 'passcode',
		recipient: number,
		params: { passcode: code, number: passcode.number, expiresAt: passcode.expiresAt },
		giveUpAt: after(now, SMS_GIVE_UP_AFTER_MS),
	};
	return {
		passcode: { ...passcode, delivery: 'queued', deliveryReason: null },
		write: {
			account: { passcodesIssued: passcode.number, smsFailedAt: passcode.resendAvailableAt },
			event: { name: 'passcodeIssued' },
			messages: [message],
			rows: [...superseded, { insertPasscode: passcode }],
		},
	};
}

/** When the account's own wait and cap allow the passcode after `newest`. */
export async function nextIssueAt(api: Api, tx: Tx, newest: PasscodeRow, now: Instant): Promise<Instant> {
	const issues = await listIssues(tx, newest.accountId, now);
	return latest(newest.resendAvailableAt, capOpensAt(api, issues)) ?? now;
}

/** When the daily cap has room again; null when it has room now. Unsent passcodes count too. */
function capOpensAt({ policy }: Api, issues: Issue[]): Instant | null {
	const sent = issues.filter(({ notSentAt }) => !notSentAt);
	const full = [
		...(sent.length >= policy.passcodesPerDay ? sent.slice(0, 1) : []),
		...(issues.length >= policy.passcodeRequestsPerDay ? issues.slice(0, 1) : []),
	];
	return full.length > 0 ? latest(...full.map(({ issuedAt }) => after(issuedAt, DAY_MS))) : null;
}

function mint(
	api: Api,
	{ account, number, newest, now }: Asked,
	taken: TakenSms,
	nth: number,
): { passcode: PasscodeRow; code: string } {
	const isOld = (code: string) =>
		newest !== null && api.keys.verify(newest.digest, 'passcode', account.id, newest.phoneNumber, code);
	let code = mintPasscode();
	while (isOld(code)) code = mintPasscode();
	const passcode: PasscodeRow = {
		id: randomUUID(),
		accountId: account.id,
		number: account.passcodesIssued + 1,
		phoneNumber: number,
		digest: api.keys.digest('passcode', account.id, number, code),
		issuedAt: now,
		expiresAt: after(now, api.policy.passcodeLifetimeMs),
		resendAvailableAt: after(now, resendWaitMs(api.policy, nth)),
		attemptsLeft: api.policy.passcodeAttempts,
		supersededAt: null,
		usedAt: null,
		notSentAt: null,
		messageId: randomUUID(),
		...taken,
	};
	return { passcode, code };
}

function tooSoon({ resendAvailableAt }: PasscodeWithDelivery, now: Instant): Refusal {
	const retryAfter = secondsUntil(now, resendAvailableAt);
	return refuse('resend-too-soon', { retryAfter, detail: `You can ask for another code in ${retryAfter} seconds.` });
}

function capReached(opensAt: Instant, now: Instant): Refusal {
	const detail = 'No more codes can be sent for now. You can choose “Remind me later” and add the phone another day.';
	return refuse('rate-limited', { retryAfter: secondsUntil(now, opensAt), detail });
}
