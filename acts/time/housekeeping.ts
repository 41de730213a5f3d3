import { removeExpired } from '../../database/expired.js';
import type { Api } from '../context.js';
import { watchSmsBudget } from '../phone/sms-budget.js';

/** Removes rows that have expired, and reports on the daily limit of SMS. A pass that fails is logged; the next one tries again. */
export function housekeeping(api: Pick<Api, 'db' | 'clock' | 'log' | 'keys' | 'policy'>): () => Promise<void> {
	const watchSms = watchSmsBudget(api);
	return async () => {
		const { db, policy, clock, log } = api;
		await removeExpired(db, policy, clock.now()).catch(() => log.warn('expired rows could not be removed'));
		await watchSms().catch(() => log.warn('the daily limit of SMS could not be read'));
	};
}
