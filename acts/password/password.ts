import { voidMessages } from '../../database/messages.js';
import type { AccountRow } from '../../database/schema.js';
import { hashPassword, type PasswordFlaw, passwordFlaws } from '../../domain/credentials/password.js';
import { mintTotpSecret } from '../../domain/credentials/totp.js';
import { NOTICE_AFTER_MS, type Policy } from '../../domain/policy.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { after } from '../../domain/time.js';
import { mayAct } from '../door/access.js';
import type { Api } from '../context.js';
import type { UserCall } from '../door/caller.js';
import { raisedView } from '../onboarding/onboarding.js';
import { raise } from '../door/raise.js';
import { isTemporaryPassword } from '../sign-in/sign-in.js';
import { placeOfSecret } from '../authenticator/totp.js';
import { userAct } from '../door/user-act.js';
import type { Onboarding } from '../views.js';

/** Replaces the temporary password by the user's own, and mints the TOTP secret the next step shows. */
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
			const authenticatorSecret = api.keys.seal('authenticator', placeOfSecret(account.id), mintTotpSecret());
			const changes = { passwordDigest, passwordChangedAt: now, temporaryPasswordDigest: null, authenticatorSecret };
			const raised = raise(session, { assurance: 'password', alone: true }, now);
			return {
				effects: {
					changes: { ...changes, emailFailedAt: null, noticeDueAt: after(now, NOTICE_AFTER_MS) },
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
	if (isTemporaryPassword(api, account, password)) flaws.unshift('temporary');
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
