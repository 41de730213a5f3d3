import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Instant } from '../../domain/time.js';
import { type Listener, listenOnLoopback } from './listener.js';
import type { InboxStore } from './store.js';

const BODY_MAX_BYTES = 20_000;
const PATH = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/Messages\.json$/i;
const E164 = /^\+[1-9]\d{6,14}$/;

interface Answer {
	status: number;
	body: object;
}

/**
 * Answers Twilio's "create a message" as the real one does (https://www.twilio.com/docs/messaging/api/message-resource),
 * and keeps the message.
 */
export function startTwilio(store: InboxStore): Promise<Listener> {
	return listenOnLoopback(() => {
		const server = createServer((request, response) => {
			answer(request, store)
				.then(({ status, body }) => send(response, status, body))
				.catch(() => request.destroy());
		});
		return { server, net: () => server, cut: () => server.closeAllConnections() };
	});
}

async function answer(request: IncomingMessage, store: InboxStore): Promise<Answer> {
	const accountSid = PATH.exec(request.url ?? '')?.[1];
	if (request.method !== 'POST' || !accountSid) return refusal(404, 20404, 'The requested resource was not found');
	if (!/^Basic .{4,}/.test(request.headers.authorization ?? '')) return refusal(401, 20003, 'Authenticate');
	const form = new URLSearchParams(await readBody(request));
	const to = form.get('To');
	const text = form.get('Body');
	const from = form.get('From');
	const messagingServiceSid = form.get('MessagingServiceSid');
	if (!to) return refusal(400, 21604, "A 'To' phone number is required.");
	if (!E164.test(to)) return refusal(400, 21211, "Invalid 'To' Phone Number");
	if (!from && !messagingServiceSid) return refusal(400, 21603, "A 'From' phone number is required.");
	if (!text) return refusal(400, 21602, 'Message body is required.');
	store.add('sms', to, text);
	const receivedAt = store.clock.now();
	return { status: 201, body: created({ accountSid, to, from, messagingServiceSid, text, receivedAt }) };
}

interface Created {
	accountSid: string;
	to: string;
	from: string | null;
	messagingServiceSid: string | null;
	text: string;
	receivedAt: Instant;
}

function created({ accountSid, to, from, messagingServiceSid, text, receivedAt }: Created): object {
	const sid = `SM${randomBytes(16).toString('hex')}`;
	// RFC 2822 wants a numeric zone where JavaScript writes GMT.
	const now = new Date(receivedAt).toUTCString().replace('GMT', '+0000');
	const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`;
	return {
		account_sid: accountSid,
		api_version: '2010-04-01',
		body: text,
		date_created: now,
		date_sent: null,
		date_updated: now,
		direction: 'outbound-api',
		error_code: null,
		error_message: null,
		from,
		messaging_service_sid: messagingServiceSid,
		num_media: '0',
		num_segments: '1',
		price: null,
		price_unit: 'USD',
		sid,
		status: messagingServiceSid ? 'accepted' : 'queued',
		subresource_uris: { media: `${uri}/Media.json` },
		to,
		uri: `${uri}.json`,
	};
}

function refusal(status: number, code: number, message: string): Answer {
	return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

/** @throws when it is too large */
async function readBody(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request.setEncoding('utf8')) {
		body += chunk;
		if (body.length > BODY_MAX_BYTES) throw new Error('The body is too large.');
	}
	return body;
}

function send(response: ServerResponse, status: number, body: object): void {
	const text = JSON.stringify(body);
	response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
	response.end(text);
}
