import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putPhone } from '../../acts/phone/phone.js';
import { smsBudget, watchSmsBudget } from '../../acts/phone/sms-budget.js';
import { smsState } from '../../domain/sms-standing.js';
import { DAY_MS } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('operations hear that SMS run out, on $name', ({ open }) => {
	let acts: t.Acts;
	beforeAll(async () => {
		acts = await t.openActs(open, { smsPerDay: 10, passcodesPerNumberPerDay: 100 });
	});
	afterAll(() => acts.stop());

	test('each change of the daily limit’s state is logged once, under a stable code, before the limit refuses any user', async () => {
		const lines: Record<string, unknown>[] = [];
		acts.api.log = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line)) });
		const look = watchSmsBudget(acts.api);
		const states: string[] = [];
		for (let i = 0; i < 9; i += 1) {
			await look();
			await look();
			states.push((await smsBudget(acts.api)).state);
			const { token } = await t.confirmed(acts);
			await putPhone(acts.api, t.user(token), { number: t.NUMBER });
		}
		await look();
		expect(states).toEqual([...Array(7).fill('ok'), 'low', 'reserve']);
		expect(await smsBudget(acts.api)).toEqual({ sentToday: 8, limit: 10, state: 'reserve' });
		acts.clock.pass(DAY_MS);
		await look();
		expect(await smsBudget(acts.api)).toEqual({ sentToday: 0, limit: 10, state: 'ok' });
		expect(lines.map(({ level, code }) => [level, code])).toEqual([
			[40, 'sms-budget-low'],
			[40, 'sms-budget-reserve'],
			[30, 'sms-budget-ok'],
		]);
		expect(JSON.stringify(lines)).not.toContain(t.NUMBER.slice(-9));
	});
});

test.each([
	[{ common: 0, reserve: 0 }, 'ok'],
	[{ common: 6_999, reserve: 0 }, 'ok'],
	[{ common: 7_000, reserve: 0 }, 'low'],
	[{ common: 7_999, reserve: 0 }, 'low'],
	[{ common: 8_000, reserve: 0 }, 'reserve'],
	[{ common: 8_000, reserve: 1_999 }, 'reserve'],
	[{ common: 8_000, reserve: 2_000 }, 'spent'],
] as const)('of 10,000 SMS a day, %j is %s', (sent, state) => {
	expect(smsState(sent, 10_000)).toBe(state);
});
