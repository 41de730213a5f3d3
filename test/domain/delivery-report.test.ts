import { describe, expect, test } from 'vitest';
import { reportOf } from '../../domain/delivery-report.js';

describe('a status callback', () => {
	test.each(['accepted', 'queued', 'sending', 'sent', 'scheduled', 'something new'])(
		'ends nothing while the message is on its way: %s',
		(status) => {
			expect(reportOf(status, undefined)).toBeNull();
		},
	);

	test.each(['delivered', 'read'])('tells delivery: %s', (status) => {
		expect(reportOf(status, undefined)).toEqual({ state: 'delivered', reason: null });
	});

	test.each([
		['undelivered', '30003', 'handset-unreachable'],
		['undelivered', '30005', 'number-invalid'],
		['undelivered', '30006', 'number-invalid'],
		['undelivered', '30007', 'carrier-rejected'],
		['undelivered', '30034', 'carrier-rejected'],
		['undelivered', '30450', 'carrier-rejected'],
		['failed', '21610', 'number-opted-out'],
		['failed', '30002', 'provider-not-authorized'],
		['failed', '30036', 'not-delivered-in-time'],
	])('tells why it was not delivered, by its code: %s %s', (status, code, reason) => {
		expect(reportOf(status, code)).toEqual({ state: 'failed', reason });
	});

	test.each([undefined, '', '30008', '99999', '30003; drop', '0x7533', 'constructor'])(
		'keeps to carrier or provider where the code says nothing we know: %j',
		(code) => {
			expect(reportOf('undelivered', code)).toEqual({ state: 'failed', reason: 'carrier-rejected' });
			expect(reportOf('failed', code)).toEqual({ state: 'failed', reason: 'provider-refused' });
			expect(reportOf('canceled', code)).toEqual({ state: 'failed', reason: 'provider-refused' });
		},
	);
});
