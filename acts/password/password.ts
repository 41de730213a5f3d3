import { reserveAttempt } from '../../database/limits.js';
import type { RowChange } from '../../database/row-changes.js';
import type { AccountRow } from '../../database/schema.js';
import { hashPassword, type PasswordFlaw, passwordFlaws } from '../../domain/credentials/password.js';
import { temporaryPasswordsIn } from '../../domain/credentials/temporary-password.js';
import { networkPace, type Policy } from '../../domain/policy.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import { type Instant, secondsUntil } from '../../domain/time.js';
import type { Api } from '../context.js';
import { mayAct } from '../door/access.js';
import type { UserCall } from '../door/caller.js';
import { turnKeyOf } from '../door/load.js';
import { raiseSession } from '../door/session.js';
import { changed } from '../door/settle.js';
import { userAct } from '../door/user-act.js';
import { raisedView } from '../onboarding/onboarding.js';
import { isTemporaryPassword } from '../sign-in/temporary-password.js';
import type { Onboarding } from '../views.js';
import { bindPassword } from './binding.js';
import { choicesKey } from './limit-keys.js';

/** Replaces the temporary password by the user's own. */
export function setPassword(
	api: Api,
	call: UserCall,
	{ password }: { password: string },
): Promise<Onboarding | Refusal> {
	return userAct<Onboarding, string>(api, call, {
		step: 'change-password',
		permit: (session, account, now) => mayAct(session, account, 'change-password', now),
		prepare: (account) =>
			api.load.passwordChanges.take(account.id, () => prepare(api, account, { password, source: call.source })),
		decide: (_tx, { account, session, now, prepared: passwordDigest }) => {
			if (session.temporaryPasswordId !== account.temporaryPasswordId) return { answer: refuse('not-signed-in') };
			const changes = {
				...bindPassword(api, account.id, passwordDigest),
				passwordChangedAt: now,
				temporaryPasswordDigest: null,
				emailFailedAt: null,
			};
			const raised = raiseSession(api.keys, session, { assurance: 'password', alone: true }, now);
			const unsent: RowChange[] = account.temporaryPasswordHandedOverAt ? [] : [{ voidMessages: 'temporary-password' }];
			return {
				answer: raisedView(api, changed(account, changes), raised, now),
				write: {
					account: changes,
					event: { name: 'passwordChanged' },
					rows: [...unsent, { clearLimits: [choicesKey(api, account.id)] }, raised.change],
				},
			};
		},
	});
}

interface Chosen {
	password: string;
	source: string;
}

/** The digest of an accepted password, or a refusal. It counts the attempt before the costly work (ASVS 6.3.1). */
async function prepare(api: Api, account: AccountRow, chosen: Chosen): Promise<string | Refusal> {
	const now = api.clock.now();
	const blockedUntil = await reserveAttempt(api.db, choicesKey(api, account.id), networkPace(api.policy), now);
	if (blockedUntil) return slowedDown(blockedUntil, now);
	return (
		(await judge(api, account, chosen)) ??
		(await api.load.hashes.take(turnKeyOf(chosen.source), () => hashPassword(chosen.password)))
	);
}

function slowedDown(until: Instant, now: Instant): Refusal {
	const detail = 'Too many attempts. Wait a moment, then choose a password again.';
	return refuse('rate-limited', { retryAfter: secondsUntil(now, until), detail });
}

/** `password-rejected` with every flaw in words, or null. */
async function judge(api: Api, account: AccountRow, { password, source }: Chosen): Promise<Refusal | null> {
	const context = { email: account.email ?? '', name: account.name, productName: api.productName };
	const judged = await api.load.scores.take(turnKeyOf(source), () =>
		passwordFlaws(password, { context, policy: api.policy, score: api.scorePassword }),
	);
	if (isRefusal(judged)) return judged;
	const holdsTemporary = temporaryPasswordsIn(password).some((found) => isTemporaryPassword(api, account, found));
	const flaws = holdsTemporary ? (['temporary', ...judged] as const) : judged;
	if (flaws.length === 0) return null;
	const errors = flaws.map((code) => ({ pointer: '/password', code, detail: wordsFor(code, api) }));
	return refuse('password-rejected', { detail: errors.map(({ detail }) => detail).join(' '), errors });
}

function wordsFor(flaw: PasswordFlaw, { policy, productName }: { policy: Policy; productName: string }): string {
	const words: Record<PasswordFlaw, string> = {
		'too-short': `Use at least ${policy.passwordLengthMin} characters.`,
		'too-long': `Use at most ${policy.passwordLengthMax} characters.`,
		'contains-email': 'Do not use your e-mail address in the password.',
		'contains-name': 'Do not use your name in the password.',
		'contains-product': `Do not use the name ${productName} in the password.`,
		temporary: 'Choose a password other than the temporary one.',
		common: 'This is a common password. Choose another one.',
		guessable: 'This password is easy to guess. A few unrelated words make a good password.',
	};
	return words[flaw];
}
