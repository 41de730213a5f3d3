import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import nodemailer from 'nodemailer';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { expect, it, onTestFinished } from 'vitest';
import { type Inbox, startInbox } from '../../embedded/inbox/index.js';
import type { InboxMessage } from '../../embedded/inbox/store.js';
import { temporaryFolder } from './folders.js';

const SID = `AC${'0'.repeat(32)}`;

it('shows a real mail as JSON: newest first, words of any language, by recipient', async () => {
	const { inbox, url } = await open();
	await sendMail(inbox, {
		to: 'ada@example.com',
		subject: 'Grüße, 世界 👋',
		text: 'one\n\nzwölf',
		html: '<p>zwölf</p>',
	});
	await sendMail(inbox, { to: 'bob@example.com', subject: 'second', text: 'two' });
	const all = await messages(url);
	expect(all.map(({ to }) => to)).toEqual(['bob@example.com', 'ada@example.com']);
	expect(all[0]).toMatchObject({ channel: 'email', subject: 'second', html: null });
	const [mail, ...others] = await messages(url, '?to=ADA@example.com');
	expect(others).toEqual([]);
	expect(mail).toEqual({
		id: expect.stringMatching(/^[0-9a-f-]{36}$/),
		channel: 'email',
		to: 'ada@example.com',
		subject: 'Grüße, 世界 👋',
		text: 'one\n\nzwölf',
		html: '<p>zwölf</p>',
		receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
	});
});

it('keeps a mail for each of its recipients, hidden ones too', async () => {
	const { inbox, url } = await open();
	await sendMail(inbox, { to: 'ada@example.com', bcc: 'bob@example.com', subject: 'both', text: 'x' });
	expect((await messages(url)).map(({ to }) => to).sort()).toEqual(['ada@example.com', 'bob@example.com']);
});

it('answers the real Twilio client as Twilio does, and shows the SMS by number', async () => {
	const { inbox, url } = await open();
	const sent = await twilioClient(inbox).messages.create({
		to: '+491701234567',
		from: '+15005550006',
		body: 'Code 123456 ✓',
	});
	expect(sent).toMatchObject({ status: 'queued', to: '+491701234567', accountSid: SID, errorCode: null });
	expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/);
	expect(sent.dateCreated).toBeInstanceOf(Date);
	expect(sent.dateCreated.getTime()).not.toBeNaN();
	const sms = { channel: 'sms', to: '+491701234567', subject: null, text: 'Code 123456 ✓', html: null };
	expect(await messages(url, '?to=%2B491701234567')).toMatchObject([sms]);
	// An unescaped + arrives as a space.
	expect(await messages(url, '?to=+491701234567&channel=sms')).toMatchObject([sms]);
	expect(await messages(url, '?channel=email')).toEqual([]);
});

it.each([
	[{ to: '12345', from: '+15005550006', body: 'x' }, 400, 21211],
	[{ to: '+491701234567', body: 'x' }, 400, 21603],
	[{ to: '+491701234567', from: '+15005550006', body: '' }, 400, 21602],
])('refuses what Twilio refuses: %j', async (message, status, code) => {
	const { inbox, url } = await open();
	await expect(twilioClient(inbox).messages.create(message)).rejects.toMatchObject({ status, code });
	expect(await messages(url)).toEqual([]);
});

it('asks for credentials as Twilio does', async () => {
	const { inbox } = await open();
	const path = `${inbox.twilioBaseUrl}/2010-04-01/Accounts/${SID}/Messages.json`;
	const answer = await fetch(path, { method: 'POST', body: new URLSearchParams({ To: '+491701234567', Body: 'x' }) });
	expect(answer.status).toBe(401);
	expect(await answer.json()).toMatchObject({ code: 20003 });
	expect((await fetch(inbox.twilioBaseUrl)).status).toBe(404);
});

it('gives the newest 100', async () => {
	const { inbox, url } = await open();
	const client = twilioClient(inbox);
	for (let n = 1; n <= 103; n++)
		await client.messages.create({ to: '+491701234567', from: '+15005550006', body: `${n}` });
	const found = await messages(url);
	expect(found).toHaveLength(100);
	expect(found[0]?.text).toBe('103');
	expect(found[99]?.text).toBe('4');
});

it('keeps its messages over a restart, after a line that was only half written too', async () => {
	const dataDir = temporaryFolder();
	const first = await open(dataDir);
	await sendMail(first.inbox, { to: 'ada@example.com', subject: 'kept', text: 'x' });
	// Not stopped, as if it had been killed.
	const file = join(dataDir, 'inbox/messages.jsonl');
	expect(statSync(file).mode & 0o777).toBe(0o600);
	appendFileSync(file, '{"id":"half","chan');
	const second = await open(dataDir);
	await sendMail(second.inbox, { to: 'ada@example.com', subject: 'after', text: 'x' });
	expect((await messages(second.url)).map(({ subject }) => subject)).toEqual(['after', 'kept']);
});

it('forgets the oldest, in memory and in its file', async () => {
	const dataDir = temporaryFolder();
	const { inbox, url } = await open(dataDir);
	const send = (body: string) =>
		fetch(`${inbox.twilioBaseUrl}/2010-04-01/Accounts/${SID}/Messages.json`, {
			method: 'POST',
			headers: { Authorization: `Basic ${btoa(`${SID}:token`)}` },
			body: new URLSearchParams({
				To: body === 'first' ? '+491709999999' : '+491701234567',
				From: '+15005550006',
				Body: body,
			}),
		});
	await send('first');
	for (let n = 0; n < 4_000; n += 20) await Promise.all(Array.from({ length: 20 }, (_, index) => send(`${n + index}`)));
	expect(readFileSync(join(dataDir, 'inbox/messages.jsonl'), 'utf8').split('\n').length).toBeLessThan(4_000);
	expect(await messages(url, '?to=%2B491709999999')).toEqual([]);
	expect(await messages(url)).toHaveLength(100);
});

it('is not there for a request that names another host (DNS rebinding)', async () => {
	const { inbox, url } = await open();
	await sendMail(inbox, { to: 'ada@example.com', subject: 'secret', text: 'secret', html: '<p>secret</p>' });
	const [mail] = await messages(url);
	for (const path of ['/inbox', '/inbox/messages', `/inbox/messages/${mail?.id}/html`, '/inbox/inbox.css']) {
		for (const host of ['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', 'localhost.evil.example']) {
			expect(await statusFor(url, path, host), `${path} for ${host}`).toBe(404);
		}
		for (const host of ['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000']) {
			expect(await statusFor(url, path, host), `${path} for ${host}`).toBe(200);
		}
	}
});

it.each([
	['Forwarded', 'for=203.0.113.7;host=id.example.com'],
	['Via', '1.1 proxy'],
	['X-Forwarded-For', '203.0.113.7'],
	['X-Forwarded-Host', 'id.example.com'],
	['X-Forwarded-Proto', 'https'],
	['X-Forwarded-Anything', ''],
	['X-Original-Host', 'id.example.com'],
	['X-Real-IP', '203.0.113.7'],
	['X-Client-IP', '203.0.113.7'],
	['X-Cluster-Client-IP', '203.0.113.7'],
	['True-Client-IP', '203.0.113.7'],
	['CF-Connecting-IP', '203.0.113.7'],
	['CF-Ray', '7d1'],
	['Fastly-Client-IP', '203.0.113.7'],
	['X-Azure-ClientIP', '203.0.113.7'],
	['X-Envoy-External-Address', '203.0.113.7'],
	['X-Amzn-Trace-Id', 'Root=1'],
	['X-Cloud-Trace-Context', '105445/1'],
	['CDN-Loop', 'cdn'],
])('is not there for a request that came through a proxy: %s', async (header, value) => {
	const { inbox, url } = await open();
	await sendMail(inbox, { to: 'ada@example.com', subject: 'secret', text: 'secret', html: '<p>secret</p>' });
	const [mail] = await messages(url);
	for (const path of ['/inbox', '/inbox/messages', `/inbox/messages/${mail?.id}/html`, '/inbox/inbox.css']) {
		expect(await statusFor(url, path, 'localhost:3000', { [header]: value }), path).toBe(404);
		expect(await statusFor(url, path, 'localhost:3000'), path).toBe(200);
	}
});

it('is not there for HTTP/1.0, which a default nginx speaks to what is behind it', async () => {
	const { url } = await open();
	const { port, hostname } = new URL(url);
	const socket = connect(Number(port), hostname);
	// As nginx 1.24 does with `proxy_pass http://127.0.0.1:3000` alone.
	socket.write(`GET /inbox/messages HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
	let answer = '';
	for await (const chunk of socket) answer += chunk;
	expect(answer).toMatch(/^HTTP\/1\.1 404 /);
});

it('shows a page that runs nothing of what a message holds', async () => {
	const { inbox, url } = await open();
	const evil = '<script>alert(1)</script>';
	await sendMail(inbox, { to: 'ada@example.com', subject: evil, text: evil, html: `<p>Hello</p>${evil}` });
	await twilioClient(inbox).messages.create({ to: '+491701234567', from: '+15005550006', body: 'Your code: 042917' });
	const answer = await fetch(`${url}/inbox`);
	const page = await answer.text();
	expect(page).not.toContain('<script');
	expect(page).not.toContain(' style=');
	expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
	expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
	expect(answer.headers.get('cache-control')).toBe('no-store');
	expect(page).toContain('Development only.');
	expect(page).toContain('<output class="secret">042917</output>');
	const [mail] = await messages(url, '?channel=email');
	expect(page).toContain(`<iframe src="/inbox/messages/${mail?.id}/html" sandbox`);
	const frame = await fetch(`${url}/inbox/messages/${mail?.id}/html`);
	expect(frame.headers.get('content-security-policy')).toMatch(/^default-src 'none';.* sandbox$/);
	expect(frame.headers.get('content-security-policy')).not.toContain('script');
});

it('shows a temporary password in one piece and links as links', async () => {
	const { inbox, url } = await open();
	const text = 'Hello\n\nfx59-qdva-kny7-vxff-mk7j-9937-eb9a\n\nLog in at http://127.0.0.1:3000/log-in.';
	await sendMail(inbox, { to: 'ada@example.com', subject: 'Welcome', text });
	const page = await (await fetch(`${url}/inbox`)).text();
	expect(page).toContain('<output class="secret">fx59-qdva-kny7-vxff-mk7j-9937-eb9a</output>');
	expect(page).toContain('href="http://127.0.0.1:3000/log-in"');
});

it('can lose its mail server and its SMS provider for a while and get them back under the same address', async () => {
	const { inbox, url } = await open();
	await inbox.smtp.stop();
	await inbox.twilio.stop();
	await expect(sendMail(inbox, { to: 'a@example.com', subject: 'x', text: 'x' })).rejects.toMatchObject({
		code: 'ESOCKET',
	});
	await expect(fetch(inbox.twilioBaseUrl)).rejects.toThrow();
	await inbox.smtp.start();
	await inbox.twilio.start();
	await sendMail(inbox, { to: 'a@example.com', subject: 'x', text: 'x' });
	await twilioClient(inbox).messages.create({ to: '+491701234567', from: '+15005550006', body: 'x' });
	expect(await messages(url)).toHaveLength(2);
});

async function open(dataDir = temporaryFolder()): Promise<{ inbox: Inbox; url: string }> {
	const inbox = await startInbox({ dataDir });
	const server: Server = createServer(express().use(inbox.router));
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	onTestFinished(async () => {
		server.close();
		server.closeAllConnections();
		await inbox.stop();
	});
	return { inbox, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function messages(url: string, query = ''): Promise<InboxMessage[]> {
	const answer = await fetch(`${url}/inbox/messages${query}`);
	expect(answer.status).toBe(200);
	return (await answer.json()) as InboxMessage[];
}

async function sendMail(
	inbox: Inbox,
	mail: Parameters<ReturnType<typeof nodemailer.createTransport>['sendMail']>[0],
): Promise<void> {
	const transport = nodemailer.createTransport(inbox.smtpUrl);
	await transport.sendMail({ from: 'no-reply@example.com', ...mail });
	transport.close();
}

/** The real client, which only speaks with another host. */
function twilioClient(inbox: Inbox) {
	class Redirecting extends twilio.RequestClient {
		override request<T>(options: RequestClient.RequestOptions<T>) {
			return super.request<T>({ ...options, uri: options.uri.replace('https://api.twilio.com', inbox.twilioBaseUrl) });
		}
	}
	return twilio(SID, 'token', { httpClient: new Redirecting() });
}

/** `fetch` sets the Host header by itself. */
function statusFor(
	url: string,
	path: string,
	host: string,
	more: Record<string, string> = {},
): Promise<number | undefined> {
	return new Promise((done, failed) => {
		request(`${url}${path}`, { headers: { Host: host, ...more } }, (response) => {
			response.resume();
			done(response.statusCode);
		})
			.once('error', failed)
			.end();
	});
}
