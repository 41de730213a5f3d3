import type { Tx } from '../../database/connect.js';
import { countsOf, type Limit, type Pot, takeFromPots } from '../../database/limits.js';
import type { Issue } from '../../database/passcodes.js';
import type { RowChange } from '../../database/row-changes.js';
import type { AccountRow } from '../../database/schema.js';
import { networkCounterKeys, type SmsCounterKeys, smsCounterKeys } from '../../domain/credentials/sms-limits.js';
import { NETWORK_SHARE_WINDOW_MS } from '../../domain/policy.js';
import { isInGoodStanding, shareOut } from '../../domain/sms-standing.js';
import { DAY_MS, HOUR_MS, type Instant, msUntil } from '../../domain/time.js';
import type { Api } from '../context.js';

/** A request for one SMS, with the account's requests of the last 24 hours. */
export interface AskedSms {
	account: AccountRow;
	/** E.164. */
	number: string;
	/** The network of the request. */
	source: string;
	issues: readonly Issue[];
	now: Instant;
}

/** The counters that took an SMS. A verified code gives `networkKey` back. */
export interface TakenSms {
	takenFrom: string[];
	networkKey: string;
}

/** No limit, for a counter that only counts (the largest 32-bit integer of its column). */
const UNCAPPED = 2 ** 31 - 1;

/**
 * Counts one SMS in the pots that it may draw on, shared by all accounts (ASVS 2.4.1). Returns the counters, or the moment
 * at which there is room. When the common part is used up, an account in good standing draws on the reserve.
 */
export async function takeSms(api: Api, tx: Tx, asked: AskedSms): Promise<TakenSms | { opensAt: Instant }> {
	const keys = smsCounterKeys(api.keys, asked);
	const common = await takeFromPots(tx, smsPots(api, asked, keys, false), asked.now);
	const reserve = 'opensAt' in common && (await mayUseReserve(tx, asked, keys));
	const result = reserve ? await takeFromPots(tx, smsPots(api, asked, keys, true), asked.now) : common;
	return 'opensAt' in result ? result : { takenFrom: result.taken, networkKey: keys.network };
}

async function mayUseReserve(tx: Tx, { account, issues, now }: AskedSms, keys: SmsCounterKeys): Promise<boolean> {
	const network = networkCounterKeys(keys.network);
	const counts = await countsOf(tx, [network.sent, network.verified], now);
	return isInGoodStanding({
		ageMs: msUntil(account.createdAt, now),
		unverified: issues.filter(({ usedAt }) => !usedAt).length,
		network: { sent: counts.get(network.sent) ?? 0, verified: counts.get(network.verified) ?? 0 },
	});
}

/**
 * Gives a verified SMS back to the network of its request, so that an office behind one address can go on. The counters of
 * number, prefix and day keep it.
 */
export function verifiedShare(networkKey: string | null): RowChange[] {
	if (!networkKey) return [];
	const key = networkCounterKeys(networkKey).verified;
	return [{ giveBackToLimits: [networkKey] }, { count: { key, limit: UNCAPPED, windowMs: NETWORK_SHARE_WINDOW_MS } }];
}

/** Each pot counts the SMS under its first alternative that has room. */
function smsPots({ policy }: Pick<Api, 'policy'>, asked: AskedSms, keys: SmsCounterKeys, reserve: boolean): Pot[] {
	const prefix = shareOut(policy.passcodesPerPrefixPerHour);
	const day = shareOut(policy.smsPerDay);
	const kept = (limit: Limit) => (reserve ? [[limit]] : []);
	return [
		...numberPot(policy, asked, keys),
		[
			[{ key: keys.prefix, limit: prefix.common, windowMs: HOUR_MS }],
			...kept({ key: keys.prefixReserve, limit: prefix.reserve, windowMs: HOUR_MS }),
		],
		[
			[{ key: keys.everybody, limit: day.common, windowMs: DAY_MS }],
			...kept({ key: keys.everybodyReserve, limit: day.reserve, windowMs: DAY_MS }),
		],
		[
			[
				{ key: keys.network, limit: policy.passcodesPerNetworkPerHour, windowMs: HOUR_MS },
				{ key: networkCounterKeys(keys.network).sent, limit: UNCAPPED, windowMs: NETWORK_SHARE_WINDOW_MS },
			],
		],
	];
}

/**
 * Limits the SMS to one number over all accounts that have not verified it. Beyond that, each of these accounts has a small
 * share of its own, if it asks for no other number. Their requests do not count against the account that has verified it.
 */
function numberPot(policy: Api['policy'], { account, number, issues }: AskedSms, keys: SmsCounterKeys): Pot[] {
	if (account.phoneVerifiedAt && account.phoneNumber === number) return [];
	const common: Limit = { key: keys.number, limit: policy.passcodesPerNumberPerDay, windowMs: DAY_MS };
	const ownShare: Limit[] = [
		{ key: keys.ownShare, limit: policy.passcodesOfOwnSharePerDay, windowMs: DAY_MS },
		{ key: keys.ownShares, limit: policy.passcodesOfOwnSharesPerNumberPerDay, windowMs: DAY_MS },
	];
	const isOnlyNumber = issues.every(({ phoneNumber }) => phoneNumber === number);
	return [isOnlyNumber ? [[common], ownShare] : [[common]]];
}
