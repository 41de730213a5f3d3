import { voidMessages } from '../database/messages.js';
import type { AccountRow } from '../database/schema.js';
import { hashPassword, type PasswordFlaw, passwordFlaws } from '../domain/credentials/password.js';
import { temporaryPasswordsIn } from '../domain/credentials/temporary-password.js';
import type { Policy } from '../domain/policy.js';
import { type Refusal, refuse } from '../domain/refusal.js';
import { mayAct } from './access.js';
import type { Api } from './api.js';
import type { UserCall } from './caller.js';
import { raisedView } from './onboarding.js';
import { bindPassword } from './password-binding.js';
import { raise } from './raise.js';
import { isTemporaryPassword } from './sessions.js';
import { userAct } from './user-act.js';
import type { Onboarding } from './views.js';

/** Replaces the temporary password by the user's own. */
export function setPassword(
	api: Api,
	call: UserCall,
	{ password }: { password: string },
): Promise<Onboarding | Refusal> {
	return userAct<Onboarding, string>(api, call, {
		step: 'change-password',
		permit: (session, account, now) => mayAct(session, account, 'change-password', now),
		prepare: async (account) => judge(api, account, password) ?? (await hashPassword(password)),
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
						await raised.rotate(tx);
					},
				},
				view: (changed) => raisedView(api, changed, raised, now),
			};
		},
	});
}

/** All that is wrong with the password, in words; null when nothing is. */
function judge(api: Api, account: AccountRow, password: string): Refusal | null {
	const context = { email: account.email ?? '', name: account.name, productName: api.productName };
	const flaws = passwordFlaws(password, context, api.policy);
	const holdsTemporary = temporaryPasswordsIn(password).some((found) => isTemporaryPassword(api, account, found));
	if (holdsTemporary) flaws.unshift('temporary');
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
