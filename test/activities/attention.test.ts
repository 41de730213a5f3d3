import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount } from '../../acts/accounts/accounts.js';
import { freezeAccount, unfreezeAccount, unlockAccount } from '../../acts/accounts/help.js';
import { listAccounts } from '../../acts/accounts/list.js';
import { correctEmail, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { setPassword } from '../../acts/password/password.js';
import { deferPhone, issuePasscode } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { countDelayedEmails } from '../../database/messages.js';
import type { Template } from '../../domain/message.js';
import { EMAIL_DELAYED_AFTER_MS } from '../../domain/policy.js';
import { ATTENTIONS, type Attention } from '../../domain/step.js';
import { DAY_MS, MINUTE_MS } from '../../domain/time.js';
import {
	type Acts,
	agent,
	complete,
	confirmed,
	ok,
	openActs,
	PASSWORD,
	passcodeOf,
	registered,
	START,
	signedIn,
	signedInTwice,
	someEmail,
	user,
	withPasscode,
} from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { messagesOf, workOn } from './platform.js';

const REFUSED = { outcome: 'failed', reason: 'address-refused' } as const;

/** The table of `docs/runbook.md`: what raises each attention, and what clears it. */
describe.each(DATABASES.filter(({ missing }) => !missing))('attention, on $name:', ({ open }) => {
	let acts: Acts;
	let work: ReturnType<typeof workOn>['work'];
	let platform: ReturnType<typeof workOn>['platform'];
	beforeAll(async () => {
		acts = await openActs(open, { passcodesPerNumberPerDay: 1_000, passcodesPerPrefixPerHour: 1_000 });
		({ work, platform } = workOn(acts));
	});
	afterAll(() => acts.stop());

	/** What the account's view, the list and the workflow's facts say, which is one. */
	async function attention(id: string): Promise<Attention | null> {
		const said = ok(await getAccount(acts.api, { accountId: id })).attention;
		for (const one of ATTENTIONS) {
			const { items } = ok(await listAccounts(acts.api, { attention: one, limit: 100 }));
			expect(items.some((account) => account.id === id)).toBe(one === said);
		}
		return said;
	}

	async function deliver(id: string, template: Template): Promise<void> {
		const [message] = await messagesOf(acts, id, template);
		const about = { messageId: message?.id ?? '' };
		await (message?.channel === 'sms' ? work.deliverSms(about) : work.deliverEmail(about));
	}

	async function refuse(id: string, template: Template): Promise<void> {
		platform.outcomes.push(REFUSED);
		await deliver(id, template);
	}

	describe('email-failed', () => {
		test.each([
			['another temporary password', (id: string) => reissueTemporaryPassword(acts.api, agent, { accountId: id })],
			['a corrected e-mail', (id: string) => correctEmail(acts.api, agent, { accountId: id, email: someEmail() })],
		])('is raised by the mail of a temporary password that was refused, and cleared by %s', async (_act, act) => {
			const { id } = await registered(acts);
			await refuse(id, 'temporary-password');
			expect(await attention(id)).toBe('email-failed');
			ok(await act(id));
			expect(await attention(id)).toBeNull();
		});

		test('is cleared by a user who changes the password, who had it from elsewhere', async () => {
			const { id, token } = await signedIn(acts);
			await refuse(id, 'temporary-password');
			ok(await setPassword(acts.api, user(token), { password: PASSWORD }));
			expect(await attention(id)).toBeNull();
		});

		test.each(['authenticator-confirmed', 'phone-verified'] as const)(
			'is not raised by the notice %s that was refused: the account can do without it',
			async (template) => {
				const { id } = await complete(acts);
				await refuse(id, template);
				expect(await attention(id)).toBeNull();
				expect((await messagesOf(acts, id, template))[0]).toMatchObject({ state: 'failed', reason: 'address-refused' });
				expect((await work.loadFacts({ accountId: id })).emailFailedAt).toBeNull();
			},
		);
	});

	describe('email-delayed', () => {
		test('is raised by a mail that is owed for 15 minutes, to the millisecond, and cleared when it leaves', async () => {
			const { id } = await registered(acts);
			const before = await countDelayedEmails(acts.db, acts.clock.now());
			acts.clock.pass(EMAIL_DELAYED_AFTER_MS - 1);
			expect(await attention(id)).toBeNull();
			expect((await work.loadFacts({ accountId: id })).emailDelayedAt).toBeNull();
			acts.clock.pass(1);
			expect(await attention(id)).toBe('email-delayed');
			expect((await work.loadFacts({ accountId: id })).emailDelayedAt).toBe(acts.clock.now());
			expect(await countDelayedEmails(acts.db, acts.clock.now())).toBeGreaterThan(before);
			await deliver(id, 'temporary-password');
			expect(await attention(id)).toBeNull();
			expect((await work.loadFacts({ accountId: id })).emailDelayedAt).toBeNull();
		});

		test('is raised by a notice too: the mail server is the same', async () => {
			const { id } = await confirmed(acts);
			await deliver(id, 'temporary-password');
			acts.clock.pass(EMAIL_DELAYED_AFTER_MS);
			expect(await attention(id)).toBe('email-delayed');
			acts.clock.pass(DAY_MS);
			await work.giveUpMessages({ accountId: id });
			expect(await attention(id)).toBeNull();
		});
	});

	describe('sms-failed', () => {
		/** A user whose SMS was refused. Other mails are no matter here. */
		async function withFailedSms() {
			const person = await withPasscode(acts);
			await refuse(person.id, 'passcode');
			expect(await attention(person.id)).toBe('sms-failed');
			return person;
		}

		test('is raised by an SMS that was refused, and cleared by "Remind me later"', async () => {
			const { id, token } = await withFailedSms();
			ok(await deferPhone(acts.api, user(token)));
			expect(await attention(id)).toBeNull();
			acts.clock.pass(10 * MINUTE_MS);
			expect(await attention(id)).toBeNull();
		});

		test('is cleared by another code, and by a phone that was verified', async () => {
			const { id, token } = await withFailedSms();
			ok(await issuePasscode(acts.api, user(token), {}));
			expect(await attention(id)).toBeNull();
			const code = await passcodeOf(acts, id);
			await refuse(id, 'passcode');
			expect(await attention(id)).toBe('sms-failed');
			ok(await verifyPhone(acts.api, user(token), { code }));
			expect(await attention(id)).toBeNull();
		});

		test('is not raised by an SMS that fails after "Remind me later", but by one that is asked for after it', async () => {
			const person = await withPasscode(acts);
			const { id, token } = person;
			ok(await deferPhone(acts.api, user(token)));
			await refuse(id, 'passcode');
			expect(await attention(id)).toBeNull();
			const again = await signedInTwice(acts, person);
			ok(await issuePasscode(acts.api, user(again), {}));
			await refuse(id, 'passcode');
			expect(await attention(id)).toBe('sms-failed');
		});
	});

	test.each([
		['locked', { lockedAt: START, authenticatorFailures: 100 }],
		['under-attack', { underAttackAt: START, passcodeFailures: 20 }],
	] as const)('%s: is cleared by an unlock', async (raised, facts) => {
		const { id } = await registered(acts);
		await acts.db.updateTable('accounts').set(facts).where('id', '=', id).execute();
		expect(await attention(id)).toBe(raised);
		ok(await unlockAccount(acts.api, agent, { accountId: id }));
		expect(await attention(id)).toBeNull();
	});

	test('frozen: is raised by a freeze before all others, and cleared by an unfreeze', async () => {
		const { id } = await registered(acts);
		await refuse(id, 'temporary-password');
		ok(await freezeAccount(acts.api, agent, { accountId: id }));
		expect(await attention(id)).toBe('frozen');
		ok(await unfreezeAccount(acts.api, agent, { accountId: id }));
		expect(await attention(id)).toBe('email-failed');
	});

	test('temporary-password-expired: is raised by time, and cleared by another one', async () => {
		const { id } = await registered(acts);
		await deliver(id, 'temporary-password');
		acts.clock.pass(DAY_MS);
		expect(await attention(id)).toBe('temporary-password-expired');
		ok(await reissueTemporaryPassword(acts.api, agent, { accountId: id }));
		expect(await attention(id)).toBeNull();
	});
});
