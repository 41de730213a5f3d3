import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getAccount, listEvents } from '../../acts/accounts/accounts.js';
import { eraseAccount, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { deferPhone, putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { after, DAY_MS, MINUTE_MS } from '../../domain/time.js';
import {
	type Acts,
	agent,
	confirmed,
	NUMBER,
	ok,
	openActs,
	passcodeOf,
	registered,
	user,
	withPasscode,
} from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { messagesOf, workOn } from './platform.js';

const WEEK_MS = 7 * DAY_MS;

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'what the workflow does when time has come, on $name',
	({ open }) => {
		let acts: Acts;
		let work: ReturnType<typeof workOn>['work'];
		beforeAll(async () => {
			acts = await openActs(open);
			({ work } = workOn(acts));
		});
		afterAll(() => acts.stop());

		async function namesOf(accountId: string): Promise<string[]> {
			return ok(await listEvents(acts.api, { accountId })).items.map(({ name }) => name);
		}

		test('an account that never was is an error that no repeat mends', async () => {
			await expect(work.loadFacts({ accountId: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({
				nonRetryable: true,
			});
		});

		describe('the end of a temporary password', () => {
			test('is noted once, on the millisecond and not before, with its unsent mail', async () => {
				const { id, account } = await registered(acts);
				acts.clock.set(after(account.temporaryPassword.expiresAt, -1));
				await work.expireTemporaryPassword({ accountId: id });
				expect(await namesOf(id)).toEqual(['registered']);
				acts.clock.pass(1);
				const facts = await work.expireTemporaryPassword({ accountId: id });
				await work.expireTemporaryPassword({ accountId: id });
				expect(await namesOf(id)).toEqual(['registered', 'messageFailed', 'temporaryPasswordExpired']);
				expect(facts).toMatchObject({ owed: [], messageCounts: { failed: 1 } });
				expect(ok(await getAccount(acts.api, { accountId: id }))).toMatchObject({
					step: 'temporary-password-expired',
					temporaryPassword: { state: 'expired' },
				});
			});

			test('is noted again of the next one', async () => {
				const { id, account } = await registered(acts);
				acts.clock.set(account.temporaryPassword.expiresAt);
				await work.expireTemporaryPassword({ accountId: id });
				const again = ok(await reissueTemporaryPassword(acts.api, agent, { accountId: id }));
				acts.clock.set(again.temporaryPassword.expiresAt);
				await work.expireTemporaryPassword({ accountId: id });
				expect((await namesOf(id)).filter((name) => name === 'temporaryPasswordExpired').length).toBe(2);
			});
		});

		describe('S-38 the reminders of a deferred phone', () => {
			/** Lets time come, and gives the days after the start on which mails were queued. */
			async function remindedOn(accountId: string, days: number[]): Promise<number[]> {
				const start = acts.clock.now();
				const sent: number[] = [];
				for (const day of days) {
					acts.clock.set(after(start, day * DAY_MS));
					const before = (await messagesOf(acts, accountId, 'phone-reminder')).length;
					await work.remindOfPhone({ accountId });
					await work.remindOfPhone({ accountId });
					const more = (await messagesOf(acts, accountId, 'phone-reminder')).length - before;
					for (let i = 0; i < more; i += 1) sent.push(day);
				}
				return sent;
			}

			test('are three, a week apart from the date on, and never a fourth', async () => {
				const { id, token } = await confirmed(acts);
				ok(await deferPhone(acts.api, user(token)));
				expect(
					await remindedOn(
						id,
						Array.from({ length: 40 }, (_, day) => day),
					),
				).toEqual([7, 14, 21]);
				expect((await work.loadFacts({ accountId: id })).reminderDueAt).toBeNull();
			});

			test('are moved by deferring again, and none comes back', async () => {
				const { id, token } = await confirmed(acts);
				ok(await deferPhone(acts.api, user(token)));
				// As on the day of the first reminder: a deferral right after another changes nothing.
				const reminded = { remindersSent: 1, phoneDeferredUntil: acts.clock.now() };
				await acts.db.updateTable('accounts').set(reminded).where('id', '=', id).execute();
				ok(await deferPhone(acts.api, user(token)));
				expect(
					await remindedOn(
						id,
						Array.from({ length: 40 }, (_, day) => day),
					),
				).toEqual([14, 21]);
				await acts.db
					.updateTable('sessions')
					.set({ expiresAt: after(acts.clock.now(), DAY_MS), usedAt: acts.clock.now() })
					.execute();
				ok(await deferPhone(acts.api, user(token)));
				expect(await remindedOn(id, [7, 14, 21, 28])).toEqual([]);
			});

			test('that an outage swallowed come as one', async () => {
				const { id, token } = await confirmed(acts);
				ok(await deferPhone(acts.api, user(token)));
				expect(await remindedOn(id, [20, 21, 27, 28, 35])).toEqual([20, 21, 28]);
			});

			test('end with a verified phone, and with the person', async () => {
				const kept = await withPasscode(acts);
				const erased = await confirmed(acts);
				for (const { token } of [kept, erased]) ok(await deferPhone(acts.api, user(token)));
				ok(await verifyPhone(acts.api, user(kept.token), { code: kept.code }));
				ok(await eraseAccount(acts.api, agent, { accountId: erased.id }));
				acts.clock.pass(WEEK_MS);
				for (const { id } of [kept, erased]) {
					await work.remindOfPhone({ accountId: id });
					expect(await messagesOf(acts, id, 'phone-reminder')).toEqual([]);
				}
			});
		});

		describe('giving up', () => {
			test('ends what was not sent in time, gives it back to the caps, and leaves the rest', async () => {
				const { id, token } = await withPasscode(acts);
				await work.giveUpMessages({ accountId: id });
				expect((await work.loadFacts({ accountId: id })).messageCounts).toMatchObject({ queued: 2 });
				const total = async () => {
					const { sum } = await acts.db
						.selectFrom('limits')
						.select(({ fn }) => fn.sum<string>('count').as('sum'))
						.executeTakeFirstOrThrow();
					return Number(sum);
				};
				const before = await total();
				acts.clock.pass(5 * MINUTE_MS);
				const facts = await work.giveUpMessages({ accountId: id });
				expect(facts).toMatchObject({ messageCounts: { failed: 1 }, owed: [{ template: 'authenticator-confirmed' }] });
				expect(before - (await total())).toBe(3);
				expect(ok(await getAccount(acts.api, { accountId: id })).attention).toBe('sms-failed');
				const again = ok(await putPhone(acts.api, user(token), { number: NUMBER }));
				expect(again.phone?.passcode?.number).toBe(2);
				ok(await verifyPhone(acts.api, user(token), { code: await passcodeOf(acts, id) }));
				expect(ok(await getAccount(acts.api, { accountId: id })).attention).toBeNull();
			});

			test('leaves an SMS that is being sent: only its attempt knows', async () => {
				const { id } = await withPasscode(acts);
				await acts.db.updateTable('messages').set({ state: 'sending' }).where('accountId', '=', id).execute();
				acts.clock.pass(5 * MINUTE_MS);
				expect((await work.giveUpMessages({ accountId: id })).messageCounts).toMatchObject({
					sending: expect.any(Number),
				});
			});
		});
	},
);
