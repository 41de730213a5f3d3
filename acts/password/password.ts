import { clearLimits, reserveAttempt } from '../../database/limits.js';
import { voidMessages } from '../../database/messages.js';
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
import { raise } from '../door/raise.js';
import { userAct } from '../door/user-act.js';
import { raisedView } from '../onboarding/onboarding.js';
import { isTemporaryPassword } from '../sign-in/sign-in.js';
import type { Onboarding } from '../views.js';
import { bindPassword } from './binding.js';

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
			if (session.temporaryPasswordId !== account.temporaryPasswordId) return { refusal: refuse('not-signed-in') };
			const bound = bindPassword(api, account.id, passwordDigest);
			const changes = { ...bound, passwordChangedAt: now, temporaryPasswordDigest: null };
			const raised = raise(api.keys, session, { assurance: 'password', alone: true }, now);
			return {
				effects: {
					changes: { ...changes, emailFailedAt: null },
					event: { name: 'passwordChanged' },
					write: async (tx) => {
						if (!account.temporaryPasswordHandedOverAt)
							await voidMessages(tx, account.id, { template: 'temporary-password' }, now);
						await clearLimits(tx, [limitKeyOf(api, account)]);
						await raised.rotate(tx);
					},
				},
				view: (changed) => raisedView(api, changed, raised, now),
			};
		},
	});
}

interface Chosen {
	password: string;
	source: string;
}

/** The digest of a password that is accepted. The attempt is counted before it costs anything (ASVS 6.3.1). */
async function prepare(api: Api, account: AccountRow, chosen: Chosen): Promise<string | Refusal> {
	const now = api.clock.now();
	const blockedUntil = await reserveAttempt(api.db, limitKeyOf(api, account), networkPace(api.policy), now);
	if (blockedUntil) return slowedDown(blockedUntil, now);
	return (
		(await judge(api, account, chosen)) ??
		(await api.load.hashes.take(turnKeyOf(chosen.source), () => hashPassword(chosen.password)))
	);
}

function limitKeyOf({ keys }: Api, account: AccountRow): string {
	return keys.digest('limit', 'password-change', account.id);
}

function slowedDown(until: Instant, now: Instant): Refusal {
	const detail = 'Too many attempts. Wait a moment, then choose a password again.';
	return refuse('rate-limited', { retryAfter: secondsUntil(now, until), detail });
}

/** All that is wrong with the password, in words; null when nothing is. */
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
		'contains-email': 'Leave your e-mail address out of it.',
		'contains-name': 'Leave your name out of it.',
		'contains-product': `Leave the name ${productName} out of it.`,
		temporary: 'Choose another one than the temporary password.',
		common: 'This is one of the passwords everybody tries first.',
		guessable: 'This is easy to guess. A few unrelated words make a good password.',
	};
	return words[flaw];
}
