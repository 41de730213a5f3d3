import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { MESSAGE_ID_PARAMETER, MESSAGE_STATUS_PATH } from '../../domain/delivery-report.js';
import type { RefusalCode } from '../../domain/refusal.js';

export const WEBHOOK_REFUSALS: readonly RefusalCode[] = [
	'invalid-request',
	'not-permitted',
	'not-found',
	'payload-too-large',
	'unsupported-media-type',
	'rate-limited',
	'unavailable',
];

/** The fields that are read of a report; the provider sends others as well. */
const report = z
	.looseObject({
		MessageStatus: z.string().meta({ example: 'undelivered' }),
		MessageSid: z.string().optional(),
		ErrorCode: z.string().optional().meta({ example: '30003' }),
	})
	.meta({ id: 'MessageStatus', description: 'A status callback of Twilio.' });

/** The one route that is not for users or agents. */
export const WEBHOOK_ROUTE: RouteConfig = {
	operationId: 'reportMessageStatus',
	method: 'post',
	path: MESSAGE_STATUS_PATH,
	summary: 'Report what became of an SMS',
	description:
		'For: the SMS provider, which signs the public URL and the fields. `not-found` where no `TWILIO_AUTH_TOKEN` is set.',
	tags: ['webhooks'],
	security: [],
	request: {
		query: z.object({ [MESSAGE_ID_PARAMETER]: z.string().optional().meta({ description: 'Our id of the message.' }) }),
		headers: z.object({
			'X-Twilio-Signature': z.string().optional().meta({ description: 'Without the right one the answer is 403.' }),
		}),
		body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: report } } },
	},
	responses: { 204: { description: 'Taken, whether or not it changes anything.' } },
};
