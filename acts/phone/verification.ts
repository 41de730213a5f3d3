import type { Tx } from '../../database/connect.js';
import { findNewestPasscode, listSuperseded, type PasscodeWithDelivery } from '../../database/passcodes.js';
import type { RowChange } from '../../database/row-changes.js';
import type { AccountChanges, AccountRow } from '../../database/schema.js';
import { normalizeCode } from '../../domain/credentials/totp.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { type Instant, secondsUntil } from '../../domain/time.js';
import { blockedFor, calmed, malformedCode, penalty } from '../authenticator/totp.js';
import type { Api } from '../context.js';
import type { UserCall } from '../door/caller.js';
import { phoneNotice } from '../door/notices.js';
import { changed, type Outcome } from '../door/settle.js';
import { userAct } from '../door/user-act.js';
import { attemptsLeft } from '../onboarding/onboarding.js';
import type { Onboarding } from '../views.js';
import { nextIssueAt } from './passcode.js';
import { noNumberYet, phoneAct, viewOf } from './phone.js';
import { verifiedShare } from './sms-pots.js';

/** Verifies the phone by the passcode that it received. */
export function verifyPhone(
	api: Api,
	call: UserCall,
	{ code: typed }: { code: string },
): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		...phoneAct,
		decide: async (tx, { account, session, now }) => {
			const newest = await findNewestPasscode(tx, account.id);
			if (!newest) return { answer: noNumberYet(account, now) };
			const { passcodeFailures: failures, passcodeSlowedUntil: slowedUntil } = account;
			const blocked = blockedFor(api, { failures, slowedUntil }, now);
			if (blocked) return { answer: blocked };
			if (newest.attemptsLeft === 0) return { answer: exhausted(await nextIssueAt(api, tx, newest, now), now) };
			const code = normalizeCode(typed);
			if (!code) return { answer: malformedCode() };
			if (!isPasscode(api, account.id, newest, code)) return countWrong(api, tx, { account, newest, code, now });
			// Only the right code gets `code-expired`, so a guess learns nothing.
			if (newest.expiresAt <= now) return { answer: expiredCode() };
			const changes = verified(api, account, newest.phoneNumber, now);
			const reminders: RowChange[] = account.remindersSent > 0 ? [{ voidMessages: 'phone-reminder' }] : [];
			return {
				answer: viewOf(api, changed(account, changes), session, null, now),
				write: {
					account: changes,
					event: { name: 'phoneVerified' },
					messages: [phoneNotice(account, newest.phoneNumber, now)],
					rows: [{ changePasscode: { id: newest.id, usedAt: now } }, ...verifiedShare(newest.networkKey), ...reminders],
				},
			};
		},
	});
}

function isPasscode(
	api: Api,
	accountId: string,
	passcode: { digest: string; phoneNumber: string },
	code: string,
): boolean {
	return api.keys.verify(passcode.digest, 'passcode', accountId, passcode.phoneNumber, code);
}

function exhausted(nextAt: Instant, now: Instant): Refusal {
	const detail = 'Too many wrong codes. Ask for another code.';
	return refuse('attempts-exhausted', { attemptsLeft: 0, retryAfter: secondsUntil(now, nextAt), detail });
}

function expiredCode(): Refusal {
	return refuse('code-expired', { detail: 'This code has expired. Ask for another one.' });
}

async function countWrong(
	api: Api,
	tx: Tx,
	{ account, newest, code, now }: { account: AccountRow; newest: PasscodeWithDelivery; code: string; now: Instant },
): Promise<Outcome<never>> {
	const superseded = (await listSuperseded(tx, account.id, now)).find((old) => isPasscode(api, account.id, old, code));
	const failures = account.passcodeFailures + 1;
	const { slowedUntil, changes, event } = penalty(api, account, { failures, factor: 'passcode' }, now);
	const left = { attemptsLeft: newest.attemptsLeft - 1 };
	const details = { attemptsLeft: attemptsLeft(left, { passcodeFailures: failures }, api.policy) };
	const refusal = superseded
		? refuse('code-superseded', {
				...details,
				liveCode: newest.number,
				detail: words(superseded.number, newest.number),
			})
		: refuse('wrong-code', { ...details, detail: 'The code is not right. Check the newest SMS.' });
	return {
		answer: refusal,
		write: {
			account: { passcodeFailures: failures, passcodeSlowedUntil: slowedUntil, ...changes },
			event,
			rows: [{ changePasscode: { id: newest.id, ...left } }],
		},
	};
}

function words(old: number, live: number): string {
	return `That was code ${old}. Use code ${live}, from the newest SMS.`;
}

function verified(api: Api, account: AccountRow, phoneNumber: string, now: Instant) {
	const cleared = { passcodeFailures: 0, passcodeSlowedUntil: null, smsFailedAt: null };
	const failures = { ...cleared, ...calmed(api, account, cleared) };
	const completedAt = account.completedAt ?? now;
	return { phoneNumber, phoneVerifiedAt: now, completedAt, reminderDueAt: null, ...failures } satisfies AccountChanges;
}
