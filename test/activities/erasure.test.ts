import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eraseAccount } from '../../acts/accounts/registration.js';
import { after, DAY_MS, HOUR_MS } from '../../domain/time.js';
import * as t from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';
import { messagesOf, workOn } from './platform.js';

describe.each(DATABASES.filter(({ missing }) => !missing))(
	'the last mail of an erased account, on $name',
	({ open }) => {
		let acts: t.Acts;
		beforeEach(async () => {
			acts = await t.openActs(open);
		});
		afterEach(() => acts.stop());

		async function erased() {
			const person = await t.confirmed(acts);
			t.ok(await eraseAccount(acts.api, t.agent, { accountId: person.id }));
			const [mail] = await messagesOf(acts, person.id, 'account-erased');
			return { ...person, messageId: mail?.id ?? '' };
		}
		const everything = async () =>
			JSON.stringify([
				await acts.db.selectFrom('messages').selectAll().execute(),
				await acts.db.selectFrom('accounts').selectAll().execute(),
				await acts.db.selectFrom('events').selectAll().execute(),
			]);

		test('goes to the address, which until then stands sealed in its row alone, and afterwards nowhere', async () => {
			const { email, id, messageId } = await erased();
			expect(await everything()).not.toContain(email);
			const { work, platform } = workOn(acts);
			expect(await work.deliverEmail({ messageId })).toEqual({ state: 'sent' });
			expect(platform.mails).toMatchObject([{ to: email, template: 'account-erased', name: null }]);
			const [sent] = await messagesOf(acts, id, 'account-erased');
			expect(sent).toMatchObject({ state: 'sent', recipient: null, params: null });
			expect((await work.loadFacts({ accountId: id })).owed).toEqual([]);
		});

		test('survives a lost signal and a restart: the account stays due until the mail has ended', async () => {
			const { id, messageId } = await erased();
			const { work } = workOn(acts);
			const wakeBy = async () =>
				(await acts.db.selectFrom('accounts').select('wakeBy').where('id', '=', id).executeTakeFirstOrThrow()).wakeBy;
			const facts = await work.loadFacts({ accountId: id });
			expect(facts.owed).toMatchObject([{ id: messageId, template: 'account-erased', channel: 'email' }]);
			expect(await wakeBy()).not.toBeNull();
			await work.deliverEmail({ messageId });
			await work.loadFacts({ accountId: id });
			expect(await wakeBy()).toBeNull();
		});

		test('is given up after a day without an answer, and its address goes with it', async () => {
			const { id, messageId } = await erased();
			const { work, platform } = workOn(acts);
			platform.outcomes.push({ outcome: 'retry' });
			await expect(work.deliverEmail({ messageId })).rejects.toThrow();
			acts.clock.pass(DAY_MS + HOUR_MS);
			expect((await work.giveUpMessages({ accountId: id })).owed).toEqual([]);
			const [mail] = await messagesOf(acts, id, 'account-erased');
			expect(mail).toMatchObject({ state: 'failed', params: null, recipient: null });
			expect(mail?.giveUpAt).toBe(after(mail?.createdAt ?? '', DAY_MS));
			const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
			expect(row).toMatchObject({ emailFailedAt: null, wakeBy: null });
		});

		test('an address that refuses it ends it as well', async () => {
			const { id, messageId } = await erased();
			const { work, platform } = workOn(acts);
			platform.outcomes.push({ outcome: 'failed', reason: 'address-refused' });
			expect((await work.deliverEmail({ messageId })).state).toBe('failed');
			const [mail] = await messagesOf(acts, id, 'account-erased');
			expect(mail).toMatchObject({ params: null, recipient: null });
		});
	},
);
