import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmAuthenticator, getAuthenticator } from '../../acts/authenticator/authenticator.js';
import { ASSURANCE_OF_STEP } from '../../acts/door/access.js';
import type { UserCall } from '../../acts/door/caller.js';
import { getOnboarding } from '../../acts/onboarding/onboarding.js';
import { setPassword } from '../../acts/password/password.js';
import { deferPhone, issuePasscode, putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { currentSession, verifyTotp } from '../../acts/sign-in/sign-in.js';
import type { Assurance } from '../../acts/views.js';
import { isRefusal } from '../../domain/refusal.js';
import { isBefore, type Step } from '../../domain/step.js';
import { addSession } from '../database/rows.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

const ASSURANCES: Assurance[] = ['temporary-password', 'password', 'two-factor'];

/** Every act of a user, with input that would pass or at least be looked at, and the step it belongs to. */
const ACTS: Record<string, { step: Step; act: (acts: t.Acts, call: UserCall) => Promise<unknown> }> = {
	setPassword: { step: 'change-password', act: ({ api }, call) => setPassword(api, call, { password: t.PASSWORD }) },
	getAuthenticator: { step: 'confirm-authenticator', act: ({ api }, call) => getAuthenticator(api, call) },
	confirmAuthenticator: {
		step: 'confirm-authenticator',
		act: async (acts, call) => {
			const shown = await getAuthenticator(acts.api, call);
			return confirmAuthenticator(acts.api, call, { code: isRefusal(shown) ? '123456' : t.totp(acts, shown.secret) });
		},
	},
	putPhone: { step: 'verify-phone', act: ({ api }, call) => putPhone(api, call, { number: t.NUMBER }) },
	issuePasscode: { step: 'verify-phone', act: ({ api }, call) => issuePasscode(api, call, {}) },
	verifyPhone: { step: 'verify-phone', act: ({ api }, call) => verifyPhone(api, call, { code: '123456' }) },
	deferPhone: { step: 'verify-phone', act: ({ api }, call) => deferPhone(api, call) },
};

/** Accounts at each step they can stand at with a session open; the expired one has none. */
const STANDINGS: Record<string, { step: Step; make: (acts: t.Acts) => Promise<{ id: string }> }> = {
	'change-password': { step: 'change-password', make: t.registered },
	'confirm-authenticator': { step: 'confirm-authenticator', make: t.withPassword },
	'verify-phone': { step: 'verify-phone', make: t.confirmed },
	'complete, deferred': {
		step: 'complete',
		make: async (acts) => {
			const person = await t.confirmed(acts);
			t.ok(await deferPhone(acts.api, t.user(person.token)));
			return person;
		},
	},
	'complete, verified': { step: 'complete', make: t.complete },
};

describe.each(DATABASES.filter(({ missing }) => !missing))('which session may do what, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		const roomy = { passcodesPerPrefixPerHour: 1e4, passcodesPerNetworkPerHour: 1e4, passcodesPerNumberPerDay: 1e4 };
		acts = await t.openActs(open, roomy);
	});
	afterAll(() => acts.stop());

	/** A session of any assurance, also of one the account's step no longer has. */
	async function sessionOf(accountId: string, assurance: Assurance): Promise<UserCall> {
		const { temporaryPasswordId } = await acts.db
			.selectFrom('accounts')
			.select('temporaryPasswordId')
			.where('id', '=', accountId)
			.executeTakeFirstOrThrow();
		const id = assurance === 'temporary-password' ? temporaryPasswordId : null;
		const opened = { accountId, assurance, temporaryPasswordId: id };
		return t.user(await addSession(acts.db, acts.api.keys, opened, acts.clock.now()));
	}

	describe.each(Object.entries(STANDINGS))('S-26 S-42 of an account at %s', (standing, { step, make }) => {
		test.each(Object.entries(ACTS))('%s', async (_name, { step: belongsTo, act }) => {
			for (const assurance of ASSURANCES) {
				const { id } = await make(acts);
				const answer = await act(acts, await sessionOf(id, assurance));
				const open = step === belongsTo || (standing === 'complete, deferred' && belongsTo === 'verify-phone');
				if (assurance !== ASSURANCE_OF_STEP[step]) {
					expect(t.refused(answer).refusal, assurance).toBe('not-permitted');
				} else if (!open) {
					const code = isBefore(belongsTo, step) ? 'already-done' : 'wrong-step';
					expect(t.refused(answer), assurance).toMatchObject({ refusal: code, step });
				} else if (isRefusal(answer)) {
					// Permitted, and judged by what it brought: no code was asked for yet.
					expect(answer, assurance).toMatchObject({ refusal: 'wrong-step', detail: expect.stringContaining('number') });
				}
			}
		});

		test('GET onboarding shows a weaker session the step and nothing else', async () => {
			const { id } = await make(acts);
			for (const assurance of ASSURANCES) {
				const call = await sessionOf(id, assurance);
				const shown = t.ok(await getOnboarding(acts.api, call));
				if (assurance !== ASSURANCE_OF_STEP[step]) {
					expect(shown).toEqual({ step, temporaryPasswordExpiresAt: null, phone: null });
				}
				expect(t.ok(await currentSession(acts.api, call))).toMatchObject({ step, assurance });
			}
		});
	});

	test('S-42 only a password session of a confirmed account may give a TOTP code', async () => {
		const expected: Record<string, Record<Assurance, string>> = {
			'change-password': {
				'temporary-password': 'wrong-step',
				password: 'not-permitted',
				'two-factor': 'already-done',
			},
			'confirm-authenticator': {
				'temporary-password': 'not-permitted',
				password: 'wrong-step',
				'two-factor': 'already-done',
			},
			'verify-phone': { 'temporary-password': 'not-permitted', password: 'wrong-code', 'two-factor': 'already-done' },
			'complete, verified': {
				'temporary-password': 'not-permitted',
				password: 'wrong-code',
				'two-factor': 'already-done',
			},
		};
		for (const [standing, codes] of Object.entries(expected)) {
			const { id } = (await STANDINGS[standing]?.make(acts)) ?? { id: '' };
			for (const assurance of ASSURANCES) {
				const answer = t.refused(await verifyTotp(acts.api, await sessionOf(id, assurance), { code: 'abc' }));
				expect([standing, assurance, answer.refusal]).toEqual([standing, assurance, codes[assurance]]);
				if (answer.refusal === 'wrong-step' || answer.refusal === 'already-done') expect(answer.step).toBeTruthy();
			}
		}
	});

	test('S-42 without a session every act is refused', async () => {
		for (const { act } of Object.values(ACTS)) {
			for (const token of [undefined, '', 'x', 'x'.repeat(43)]) {
				expect(t.refused(await act(acts, t.user(token))).refusal).toBe('not-signed-in');
			}
		}
	});
});
