import type { MessageReason } from '../../domain/message.js';

/**
 * What Twilio's error codes mean to an agent (https://www.twilio.com/docs/api/errors). Twilio adds and splits codes, so
 * they only choose the reason; they never decide whether a message failed.
 */
const REASONS: Readonly<Record<number, MessageReason>> = {
	// Answers to a request
	20003: 'provider-not-authorized',
	21211: 'number-invalid',
	21408: 'country-not-available',
	21610: 'number-opted-out',
	21612: 'country-not-available',
	21614: 'number-invalid',
	21635: 'number-invalid',
	// Reports after it was accepted
	30002: 'provider-not-authorized',
	30003: 'handset-unreachable',
	30004: 'carrier-rejected',
	30005: 'number-invalid',
	30006: 'number-invalid',
	30007: 'carrier-rejected',
	30034: 'carrier-rejected',
	30036: 'not-delivered-in-time',
	30450: 'carrier-rejected',
};

export function reasonOfCode(code: number | null): MessageReason | null {
	return (code !== null && REASONS[code]) || null;
}
