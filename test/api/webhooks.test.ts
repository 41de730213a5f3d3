import { randomUUID } from 'node:crypto';
import twilio from 'twilio';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../api/app.js';
import { BODY_LENGTH_MAX } from '../../api/http/body.js';
import { type RunningServer, startServer } from '../../api/http/server.js';
import { MESSAGE_STATUS_PATH } from '../../domain/delivery-report.js';
import { messagesOf, workOn } from '../activities/platform.js';
import { type Acts, openActs, withPasscode } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { contract } from './contract.js';
import { PUBLIC_URL } from './door.js';

const TOKEN = 'the auth token of the test';
const SID = `SM${'a'.repeat(32)}`;
const health = async () => ({ database: 'up', draining: false, temporal: 'up', delayedEmails: 0, workers: 1 }) as const;

let acts: Acts;
let server: RunningServer;
const conforms = contract();
beforeAll(async () => {
	acts = await openActs(pgliteDatabase, { passcodesPerNumberPerDay: 1_000 });
	server = await serve(TOKEN);
});
afterAll(async () => {
	await server.stop(0);
	await acts.stop();
});

function serve(twilioAuthToken: string | null): Promise<RunningServer> {
	const app = createApp(acts.api, { publicUrl: PUBLIC_URL, health, twilioAuthToken });
	return startServer(app, { host: '127.0.0.1', port: 0 });
}

async function withSms(): Promise<{ accountId: string; path: string }> {
	const { id: accountId } = await withPasscode(acts);
	const [message] = await messagesOf(acts, accountId, 'passcode');
	const { work } = workOn(acts);
	await work.deliverSms({ messageId: message?.id ?? '' });
	return { accountId, path: `${MESSAGE_STATUS_PATH}?messageId=${message?.id}` };
}

const stateOf = async (accountId: string) => (await messagesOf(acts, accountId, 'passcode'))[0]?.state;
const FIELDS = { MessageSid: SID, MessageStatus: 'delivered', To: '+351912345678' };

interface Sent {
	path: string;
	signature: string | null;
	body?: BodyInit;
	url?: string;
}

async function post({ path, signature, body = new URLSearchParams(FIELDS), url = server.url }: Sent): Promise<number> {
	const headers: Record<string, string> = signature === null ? {} : { 'X-Twilio-Signature': signature };
	const response = await fetch(`${url}${path}`, { method: 'POST', headers, body });
	expect(conforms('POST', MESSAGE_STATUS_PATH, response, await response.text())).toBeNull();
	return response.status;
}

const signed = (path: string, fields: object = FIELDS, { url = PUBLIC_URL, token = TOKEN } = {}) =>
	getExpectedTwilioSignature(token, `${url}${path}`, fields as Record<string, string>);

test('a report that the provider signed over the public URL is taken, and its repeat answers the same', async () => {
	const { accountId, path } = await withSms();
	for (let n = 0; n < 2; n++) {
		expect(await post({ path, signature: signed(path) })).toBe(204);
		expect(await stateOf(accountId)).toBe('delivered');
	}
	expect(twilio.validateRequest(TOKEN, signed(path), `${PUBLIC_URL}${path}`, FIELDS)).toBe(true);
});

test('a report without the right signature is refused, and changes nothing', async () => {
	const { accountId, path } = await withSms();
	const other = `${MESSAGE_STATUS_PATH}?messageId=${randomUUID()}`;
	const right = signed(path);
	const wrong: Record<string, string | null> = {
		none: null,
		empty: '',
		'one letter off': `${right.startsWith('A') ? 'B' : 'A'}${right.slice(1)}`,
		'cut short': right.slice(0, -2),
		'of another token': signed(path, FIELDS, { token: 'another' }),
		'of another host': signed(path, FIELDS, { url: 'https://evil.example' }),
		'of the address the server sees': signed(path, FIELDS, { url: server.url }),
		'of another message': signed(other),
		'of another status': signed(path, { ...FIELDS, MessageStatus: 'undelivered' }),
		'of fewer fields': signed(path, { MessageStatus: 'delivered' }),
	};
	for (const [which, signature] of Object.entries(wrong)) expect(await post({ path, signature }), which).toBe(403);
	expect(await post({ path: `${path}&more=1`, signature: right })).toBe(403);
	const twice = new URLSearchParams(FIELDS);
	twice.append('MessageStatus', 'undelivered');
	expect(await post({ path, signature: right, body: twice })).toBe(403);
	expect(await stateOf(accountId)).toBe('sent');
});

test('a signed report about nothing we know is answered like any other', async () => {
	for (const query of ['', '?messageId=', '?messageId=1', `?messageId=${randomUUID()}`, `?messageId=${'%00'}`]) {
		const path = `${MESSAGE_STATUS_PATH}${query}`;
		expect(await post({ path, signature: signed(path) })).toBe(204);
	}
	const { accountId, path } = await withSms();
	for (const fields of [{}, { MessageStatus: '' }, { MessageStatus: 'constructor' }, { __proto__x: '1' }]) {
		expect(await post({ path, signature: signed(path, fields), body: new URLSearchParams(fields as never) })).toBe(204);
	}
	expect(await stateOf(accountId)).toBe('sent');
});

test('other bodies are refused: JSON, and what is too long', async () => {
	const path = MESSAGE_STATUS_PATH;
	expect(await post({ path, signature: signed(path), body: JSON.stringify(FIELDS) })).toBe(415);
	const long = new URLSearchParams({ MessageStatus: 'x'.repeat(BODY_LENGTH_MAX) });
	expect(await post({ path, signature: signed(path), body: long })).toBe(413);
});

test('without a token the path does not exist', async () => {
	const without = await serve(null);
	const { path } = await withSms();
	expect(await post({ path, signature: signed(path), url: without.url })).toBe(404);
	await without.stop(0);
});
