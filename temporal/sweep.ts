import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { claimOverdueBatches } from '../database/batches.js';
import type { Db } from '../database/connect.js';
import { claimOverdue, noteWoken } from '../database/wakes.js';
import { OVERDUE_SIGNAL } from '../domain/event.js';
import { SWEEP_EVERY_MS } from '../domain/policy.js';
import type { Signals } from '../domain/signal.js';
import type { Clock } from '../domain/time.js';

/** What the sweep works with. */
export interface Sweeper {
	db: Db;
	clock: Clock;
	signals: Signals;
	log: Logger;
}

/** Signals a pass at most. The rest is overdue at the next pass too. */
const SWEEP_LIMIT = 500;

/**
 * Signals the workflows of accounts whose `wakeBy` has passed. Heals a lost signal, a terminated run, a killed worker
 * and a lost Temporal database. Ends at the first signal that Temporal refuses: the others would fail too. Returns the
 * number of signaled workflows.
 */
export async function sweep(sweeper: Sweeper): Promise<number> {
	const overdue = await claimOverdue(sweeper.db, SWEEP_LIMIT, sweeper.clock.now());
	let signaled = 0;
	for (const account of overdue) {
		try {
			await sweeper.signals.send({ accountId: account.id, name: OVERDUE_SIGNAL });
		} catch {
			sweeper.log.warn({ overdue: overdue.length, signaled }, 'Temporal does not answer, this pass of the sweep ends');
			return signaled;
		}
		await noteWoken(sweeper.db, account, sweeper.clock.now());
		signaled += 1;
	}
	return signaled + (await sweepBatches(sweeper));
}

/** The same for overdue batches. */
async function sweepBatches(sweeper: Sweeper): Promise<number> {
	const overdue = await claimOverdueBatches(sweeper.db, sweeper.clock.now());
	for (const batchId of overdue) await sweeper.signals.startBatch(batchId);
	return overdue.length;
}

/**
 * Sweeps every ten seconds, each time followed by `housekeeping`, until the returned function is called; it resolves when the
 * last pass has ended.
 */
export function startSweep(
	sweeper: Sweeper,
	housekeeping: () => Promise<void>,
	everyMs = SWEEP_EVERY_MS,
): () => Promise<void> {
	const stopping = new AbortController();
	const done = (async () => {
		while (!stopping.signal.aborted) {
			await sweep(sweeper).catch(() => sweeper.log.warn('this pass of the sweep failed'));
			await housekeeping();
			await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
		}
	})();
	return () => {
		stopping.abort();
		return done;
	};
}
