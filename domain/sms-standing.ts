import {
	GOOD_STANDING_AFTER_MS,
	NETWORK_SHARE_FROM,
	SMS_LOW_SHARE,
	SMS_RESERVE_SHARE,
	UNVERIFIED_PASSCODES_MAX,
} from './policy.js';

/** The facts that decide the standing of an account that asks for an SMS. */
export interface Asker {
	ageMs: number;
	/** Its SMS of the last 24 hours whose code was not verified. */
	unverified: number;
	/** SMS that its network asked for, and how many of their codes were verified. */
	network: { sent: number; verified: number };
}

/**
 * Whether an account may use the reserve of the daily and of the prefix limit. Its network decides when most of its
 * codes, or hardly any, are verified. Between the two, the account's age decides.
 */
export function isInGoodStanding({ ageMs, unverified, network: { sent, verified } }: Asker): boolean {
	if (unverified >= UNVERIFIED_PASSCODES_MAX) return false;
	if (sent >= NETWORK_SHARE_FROM && verified * 4 < sent) return false;
	if (sent >= NETWORK_SHARE_FROM && verified * 2 >= sent) return true;
	return ageMs >= GOOD_STANDING_AFTER_MS;
}

/** A limit in two parts: the common part, and the reserve that is kept back. */
export function shareOut(limit: number): { common: number; reserve: number } {
	const reserve = Math.floor(limit * SMS_RESERVE_SHARE);
	return { common: limit - reserve, reserve };
}

/** How much of the daily limit is left, in a word: `reserve` when only accounts in good standing still get an SMS. */
export const SMS_STATES = ['ok', 'low', 'reserve', 'spent'] as const;
export type SmsState = (typeof SMS_STATES)[number];

/** @param sent SMS of the day drawn on the common part, and on what is kept back */
export function smsState(sent: { common: number; reserve: number }, limit: number): SmsState {
	const { common, reserve } = shareOut(limit);
	if (sent.common < common) return sent.common + sent.reserve >= limit * SMS_LOW_SHARE ? 'low' : 'ok';
	return sent.reserve < reserve ? 'reserve' : 'spent';
}
