import { countsOf } from '../../database/limits.js';
import { everybodyReserveKey, smsLimitKeys } from '../../domain/credentials/sms-limits.js';
import { type SmsState, smsState } from '../../domain/sms-standing.js';
import type { Api } from '../context.js';

/** How far the daily limit of SMS is used. */
export interface SmsBudget {
	/** SMS since the limit's 24 hours began. */
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
 * Tells operations whenever the state of the daily limit changes, under a code that alerts can be tied to:
 * `sms-budget-low` before the limit refuses anybody, `sms-budget-reserve` and `sms-budget-spent` from then on.
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
