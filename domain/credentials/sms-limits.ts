import { phonePrefix } from '../phone.js';
import type { KeyRing } from './keys.js';

/** Keys of the counters for SMS to one number, over all accounts. They are keyed digests and reveal no number. */
export function smsLimitKeys(keys: KeyRing, e164: string): { number: string; prefix: string; everybody: string } {
	const key = (name: string, value: string) => keys.digest('limit', name, value);
	return { number: key('number', e164), prefix: key('prefix', phonePrefix(e164)), everybody: key('everybody', '') };
}

/** Keys of every counter one SMS may be counted under. */
export interface SmsCounterKeys extends ReturnType<typeof smsLimitKeys> {
	/** The account's own share of the number. */
	ownShare: string;
	/** All accounts' shares of the number. */
	ownShares: string;
	prefixReserve: string;
	everybodyReserve: string;
	network: string;
}

export function smsCounterKeys(
	keys: KeyRing,
	{ account, number, source }: { account: { id: string }; number: string; source: string },
): SmsCounterKeys {
	return {
		...smsLimitKeys(keys, number),
		ownShare: keys.digest('limit', 'own-share', account.id, number),
		ownShares: keys.digest('limit', 'own-shares', number),
		prefixReserve: keys.digest('limit', 'prefix-reserve', phonePrefix(number)),
		everybodyReserve: everybodyReserveKey(keys),
		network: keys.digest('limit', 'network', source),
	};
}

export function everybodyReserveKey(keys: KeyRing): string {
	return keys.digest('limit', 'everybody-reserve', '');
}

/** Keys of a network's sent and verified SMS, from the key of its hourly limit. */
export function networkCounterKeys(network: string): { sent: string; verified: string } {
	return { sent: `${network}.sent`, verified: `${network}.verified` };
}
