import { type Request, Router } from 'express';
import type { Api } from '../../acts/context.js';
import { reportMessage } from '../../acts/deliveries/report.js';
import { MESSAGE_ID_PARAMETER, MESSAGE_STATUS_PATH } from '../../domain/delivery-report.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import { isUuid } from '../../domain/uuid.js';
import { readFormFields } from '../http/body.js';
import { refuseOtherMethods } from '../http/methods.js';
import { networkOf } from '../http/network.js';
import { sendProblem } from '../http/problem.js';

/** A provider's id of a message: two letters and 32 hexadecimal digits. */
const PROVIDER_ID = /^[A-Z]{2}[0-9a-f]{32}$/;

/**
 * The SMS provider's delivery reports. Without the token that it signs them with, none is taken: the path does not exist. A
 * signed report is answered with 204 whether or not it changes anything, so that the answer tells nothing.
 */
export function webhookRouter(api: Api, { authToken }: { authToken: string | null }): Router {
	const router = Router({ strict: true, caseSensitive: true });
	router.post(MESSAGE_STATUS_PATH, async (req, res) => {
		const refusal = authToken ? await takeReport(api, req, authToken) : refuse('not-found');
		if (refusal) sendProblem(res, refusal);
		else res.status(204).end();
	});
	refuseOtherMethods(router);
	return router;
}

async function takeReport(api: Api, req: Request, authToken: string): Promise<Refusal | undefined> {
	const fields = await readFormFields(req);
	if (isRefusal(fields)) return fields;
	if (!(await isSigned(req, fields, authToken))) {
		return refuse('not-permitted', { detail: 'The signature is not the one of this URL and this body.' });
	}
	const messageId = new URL(req.originalUrl, 'http://localhost').searchParams.get(MESSAGE_ID_PARAMETER) ?? '';
	if (!isUuid(messageId)) return undefined;
	const field = (name: string) => fields.get(name)?.[0];
	const sid = field('MessageSid') ?? '';
	const reported = {
		messageId,
		status: field('MessageStatus') ?? '',
		errorCode: field('ErrorCode'),
		providerId: PROVIDER_ID.test(sid) ? sid : null,
	};
	const taken = await api.load.acts.take(networkOf(req.ip), () => reportMessage(api, reported));
	return isRefusal(taken) ? taken : undefined;
}

/**
 * Whether the provider signed this URL, query included, with these fields. The URL is the public one, which it called: behind
 * a proxy the server sees another. The comparison takes the same time however much of a signature is right (ASVS 5.0, 11.2.4).
 */
async function isSigned(req: Request, fields: Map<string, string[]>, authToken: string): Promise<boolean> {
	// Loading the whole client costs more than a tenth of a second of CPU.
	const { validateRequest } = await import('twilio/lib/webhooks/webhooks.js');
	const url = `${req.app.locals.publicUrl}${req.originalUrl}`;
	const params = Object.fromEntries(
		[...fields].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
	);
	return validateRequest(authToken, req.get('X-Twilio-Signature') ?? '', url, params);
}
