import { phonePrefix } from '../phone.js';
import type { KeyRing } from './keys.js';

/** Keys of the counters an SMS to a number is counted under, over all accounts. Keyed digests: they name nobody. */
export function smsLimitKeys(keys: KeyRing, e164: string): { number: string; prefix: string; everybody: string } {
	const key = (name: string, value: string) => keys.digest('limit', name, value);
	return { number: key('number', e164), prefix: key('prefix', phonePrefix(e164)), everybody: key('everybody', '') };
}
