import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { issuePasscode, putPhone } from '../../acts/phone/phone.js';
import { SECOND_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

const draw = vi.hoisted(() => ({ next: [] as string[] }));

/** A lot that may be drawn twice running: with a million codes that happens too seldom to be seen. */
vi.mock('../../domain/credentials/passcode.js', () => ({ mintPasscode: () => draw.next.shift() ?? '999999' }));

describe('S-23 S-30 a resend is always a different code', () => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(DATABASES[0].open);
	});
	afterAll(() => acts.stop());

	test('whichever is drawn, to the same number and to another', async () => {
		const { token, id } = await t.confirmed(acts);
		draw.next = ['111111', '111111', '111111', '222222', '222222', '111111'];
		t.ok(await putPhone(acts.api, t.user(token), { number: t.NUMBER }));
		const codes = [await t.passcodeOf(acts, id)];
		for (const number of [undefined, '+351966123456']) {
			acts.clock.pass(60 * SECOND_MS);
			t.ok(await issuePasscode(acts.api, t.user(token), { number }));
			codes.push(await t.passcodeOf(acts, id));
		}
		expect(codes).toEqual(['111111', '222222', '111111']);
	});
});
