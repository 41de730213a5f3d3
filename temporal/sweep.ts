import { setTimeout as sleep } from 'node:timers/promises';
import { claimOverdueBatches } from '../database/batches.js';
import { removeExpired } from '../database/expired.js';
import { claimOverdue, noteWoken } from '../database/wakes.js';
import { OVERDUE_SIGNAL } from '../domain/event.js';
import { SWEEP_EVERY_MS } from '../domain/policy.js';
import type { Api } from '../acts/context.js';

/** What one pass signals at most: the rest is overdue at the next pass too. */
const SWEEP_LIMIT = 500;

/**
 * Signals the workflows of accounts whose `wakeBy` has passed. Heals a lost signal, a terminated run, a dead worker and
 * a lost Temporal database. Ends at the first signal Temporal does not take: the others would only wait in line.
 * Gives how many workflows were signaled.
 */
export async function sweep(api: Pick<Api, 'db' | 'clock' | 'signals' | 'log'>): Promise<number> {
	const overdue = await claimOverdue(api.db, SWEEP_LIMIT, api.clock.now());
	let signaled = 0;
	for (const account of overdue) {
		try {
			await api.signals.send({ accountId: account.id, name: OVERDUE_SIGNAL });
		} catch {
			api.log.warn({ overdue: overdue.length, signaled }, 'Temporal does not answer, the sweep ends here');
			return signaled;
		}
		await noteWoken(api.db, account, api.clock.now());
		signaled += 1;
	}
	return signaled + (await sweepBatches(api));
}

/** The same for batches that should have registered somebody by now. */
async function sweepBatches(api: Pick<Api, 'db' | 'clock' | 'signals' | 'log'>): Promise<number> {
	const overdue = await claimOverdueBatches(api.db, api.clock.now());
	for (const batchId of overdue) await api.signals.startBatch(batchId);
	return overdue.length;
}

/**
 * Sweeps, and removes what expired, every ten seconds until the returned function is called; it resolves when the last
 * pass is over.
 */
export function startSweep(
	api: Pick<Api, 'db' | 'clock' | 'signals' | 'log'>,
	everyMs = SWEEP_EVERY_MS,
): () => Promise<void> {
	const stopping = new AbortController();
	const done = (async () => {
		while (!stopping.signal.aborted) {
			await sweep(api).catch(() => api.log.warn('the sweep could not go on'));
			await removeExpired(api.db, api.clock.now()).catch(() => api.log.warn('what expired could not be removed'));
			await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
		}
	})();
	return () => {
		stopping.abort();
		return done;
	};
}
