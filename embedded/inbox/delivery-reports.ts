import { isLoopbackHost } from './routes.js';

/** Milliseconds. By then the product has written that the message was sent. */
const REPORT_AFTER_MS = 1_000;
const REPORT_TIMEOUT_MS = 5_000;
/** An SMS to a number that ends in one of these, Twilio's own codes, is reported as not delivered for that reason. */
const UNDELIVERED = /3000[3-7]$/;

/** A report that is due about a message that was taken. */
export interface Report {
	/** Where it is asked for. */
	url: string;
	/** What it is signed with. */
	authToken: string;
	accountSid: string;
	sid: string;
	to: string;
}

/** Reports once, as the real provider does. A report that does not arrive is lost, and nothing leaves this machine. */
export function reportSoon(report: Report): void {
	if (!URL.canParse(report.url) || !isLoopbackHost(new URL(report.url).host)) return;
	setTimeout(() => void send(report).catch(() => {}), REPORT_AFTER_MS).unref();
}

async function send({ url, authToken, accountSid, sid, to }: Report): Promise<void> {
	const { getExpectedTwilioSignature } = await import('twilio/lib/webhooks/webhooks.js');
	const errorCode = UNDELIVERED.exec(to)?.[0];
	const fields = {
		AccountSid: accountSid,
		ApiVersion: '2010-04-01',
		MessageSid: sid,
		MessageStatus: errorCode ? 'undelivered' : 'delivered',
		SmsSid: sid,
		To: to,
		...(errorCode && { ErrorCode: errorCode }),
	};
	await fetch(url, {
		method: 'POST',
		headers: { 'X-Twilio-Signature': getExpectedTwilioSignature(authToken, url, fields) },
		body: new URLSearchParams(fields),
		signal: AbortSignal.timeout(REPORT_TIMEOUT_MS),
	});
}
