import { countsOf } from '../../database/limits.js';
import { everybodyReserveKey, smsLimitKeys } from '../../domain/credentials/sms-limits.js';
import { type SmsState, smsState } from '../../domain/sms-standing.js';
import type { Api } from '../context.js';

/** The use of the daily SMS limit. */
export interface SmsBudget {
	/** SMS since the current 24 hours of the limit began. */
	sentToday: number;
	limit: number;
	state: SmsState;
}

type Needs = Pick<Api, 'db' | 'clock' | 'keys' | 'policy'>;

export async function smsBudget({ db, clock, keys, policy }: Needs): Promise<SmsBudget> {
	const [common, reserve] = [smsLimitKeys(keys, '').everybody, everybodyReserveKey(keys)];
	const counts = await countsOf(db, [common, reserve], clock.now());
	const sent = { common: counts.get(common) ?? 0, reserve: counts.get(reserve) ?? 0 };
	const limit = policy.smsPerDay;
	return { sentToday: sent.common + sent.reserve, limit, state: smsState(sent, limit) };
}

/**
 * Logs each change in the state of the daily limit, under a code for alerts: `sms-budget-low` before the limit refuses any
 * user, then `sms-budget-reserve` and `sms-budget-spent`.
 */
export function watchSmsBudget(api: Needs & Pick<Api, 'log'>): () => Promise<void> {
	let known: SmsState = 'ok';
	return async () => {
		const { state, sentToday, limit } = await smsBudget(api);
		if (state === known) return;
		known = state;
		const line = { code: `sms-budget-${state}`, sentToday, limit };
		if (state === 'ok') api.log.info(line, 'the daily limit of SMS has room again');
		else api.log.warn(line, 'the daily limit of SMS is running out');
	};
}
