import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { housekeeping } from '../../acts/time/housekeeping.js';
import { connect } from '../../database/connect.js';
import type { Happened } from '../../domain/signal.js';
import { after, DAY_MS, MINUTE_MS } from '../../domain/time.js';
import { startSweep, sweep } from '../../temporal/sweep.js';
import { workOn } from '../activities/platform.js';
import { DATABASES } from '../setup/databases.js';
import * as t from './acts.js';

describe.each(DATABASES.filter(({ missing }) => !missing))('the sweep, on $name', ({ open }) => {
	let acts: t.Acts;
	const sent: Happened[] = [];
	let taken: (happened: Happened) => Promise<unknown>;
	beforeAll(async () => {
		acts = await t.openActs(open);
		acts.api.signals.send = async (happened) => {
			await taken(happened);
			sent.push(happened);
		};
	});
	afterAll(() => acts.stop());

	const wakeBy = async (id: string) =>
		(await acts.db.selectFrom('accounts').select('wakeBy').where('id', '=', id).executeTakeFirstOrThrow()).wakeBy;
	async function fresh() {
		await acts.db.updateTable('accounts').set({ wakeBy: null }).execute();
		sent.length = 0;
		taken = async () => {};
		return t.registered(acts);
	}

	test('signals an account whose workflow has not read the act within ten seconds, and no sooner', async () => {
		const { id } = await fresh();
		acts.clock.pass(9_999);
		expect(await sweep(acts.api)).toBe(0);
		acts.clock.pass(1);
		expect(await sweep(acts.api)).toBe(1);
		expect(sent).toEqual([{ accountId: id, name: 'foundOverdue' }]);
		expect(await wakeBy(id)).toBe(after(acts.clock.now(), MINUTE_MS));
	});

	test('ends at the first signal Temporal does not take; in ten seconds they are overdue again', async () => {
		await fresh();
		for (let i = 0; i < 4; i += 1) await t.registered(acts);
		acts.clock.pass(10_000);
		let tries = 0;
		taken = async () => {
			tries += 1;
			if (tries === 3) throw new Error('unreachable');
		};
		expect(await sweep(acts.api)).toBe(2);
		expect(tries).toBe(3);
		taken = async () => {};
		expect(await sweep(acts.api)).toBe(0);
		acts.clock.pass(10_000);
		expect(await sweep(acts.api)).toBe(3);
	});

	test('a workflow that looked while it was being signaled is not counted as a miss', async () => {
		const { id, account } = await fresh();
		acts.clock.pass(10_000);
		taken = ({ accountId }) => workOn(acts).work.loadFacts({ accountId });
		await sweep(acts.api);
		const row = await acts.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		expect(row.wakeMisses).toBe(0);
		expect(Date.parse(row.wakeBy ?? '')).toBeLessThan(Date.parse(account.createdAt) + DAY_MS);
	});

	test('continues after a failure of the database, until it is stopped', async () => {
		const { id } = await fresh();
		acts.clock.pass(10_000);
		const gone = connect({ url: 'postgresql://127.0.0.1:1/gone', connections: 1 });
		let asked = 0;
		const flaky = new Proxy(acts.api, {
			get(api, name, receiver) {
				if (name !== 'db') return Reflect.get(api, name, receiver);
				asked += 1;
				return asked < 4 ? gone : api.db;
			},
		});
		const stop = startSweep(flaky, housekeeping(flaky), 5);
		await expect.poll(() => sent.map(({ accountId }) => accountId), { timeout: 5_000 }).toEqual([id]);
		await stop();
		await gone.destroy();
	});
});
