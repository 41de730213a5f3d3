import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyPhone } from '../../acts/phone/verification.js';
import { MINUTE_MS } from '../../domain/time.js';
import { messagesOf, workOn } from '../activities/platform.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('a mail names what was bound, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(open);
	});
	afterAll(() => acts.stop());

	/** Waits as long as a notice may wait, then reads the facts as the workflow does. */
	async function waitForNotice(accountId: string) {
		acts.clock.pass(10 * MINUTE_MS);
		await workOn(acts).work.loadFacts({ accountId });
	}

	test('S-34 a mail to the account’s address says that the token was confirmed, and when', async () => {
		const { id, email } = await t.confirmed(acts);
		const at = acts.clock.now();
		await waitForNotice(id);
		const [notice] = await messagesOf(acts, id, 'authenticator-confirmed');
		expect(notice).toMatchObject({ channel: 'email', recipient: email, state: 'queued' });
		expect(await t.newest(acts, id, 'authenticator-confirmed')).toMatchObject({ authenticatorConfirmedAt: at });
	});

	test('S-26 S-34 a mail to the account’s address says that a phone was verified, with the number masked', async () => {
		const { id, email, token, code } = await t.withPasscode(acts);
		t.ok(await verifyPhone(acts.api, t.user(token), { code }));
		await waitForNotice(id);
		const notices = await messagesOf(acts, id, 'phone-verified');
		expect(notices).toMatchObject([{ channel: 'email', recipient: email, state: 'queued' }]);
		const params = await t.newest(acts, id, 'phone-verified');
		expect(params).toMatchObject({ phone: '+351 ••••••• 78' });
		expect(JSON.stringify(params)).not.toContain(t.NUMBER.slice(4));
	});
});
