import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import pino from 'pino';
import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../config/index.js';
import { openChannels } from '../../worker/delivery.js';
import { PRODUCTION } from '../config/production-environment.js';

test.each([
	[undefined, /Customer Success(?! \()/],
	['help@example.com', /Customer Success \(help@example\.com\)/],
])('a mail whose reader is to ask %s does not say the same thing twice', async (SUPPORT_CONTACT, expected) => {
	const sources: string[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData(stream, _session, done) {
			let source = '';
			stream.on('data', (chunk) => (source += chunk));
			stream.on('end', () => done(void sources.push(source) as never));
		},
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	onTestFinished(() => new Promise<void>((closed) => server.close(closed)));
	const { port } = server.server.address() as { port: number };
	const config = loadConfig({
		...(SUPPORT_CONTACT && { SUPPORT_CONTACT }),
		TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
		TWILIO_AUTH_TOKEN: 'token',
		TWILIO_FROM: '+15005550006',
	});
	if (!config.sms) throw new Error('no SMS configured');
	const { mailer } = openChannels(
		config,
		{ smtpUrl: `smtp://127.0.0.1:${port}`, sms: config.sms },
		pino({ level: 'silent' }),
	);
	onTestFinished(() => mailer.close());
	const params = { temporaryPassword: 'abcd-efgh', expiresAt: '2026-11-25T08:00:00.000Z' };
	const mail = {
		messageId: randomUUID(),
		template: 'temporary-password',
		locale: 'en',
		to: 'ana@example.com',
		name: null,
		params,
	} as const;
	expect(await mailer.send(mail)).toEqual({ outcome: 'sent' });
	const { text } = await simpleParser(sources[0] ?? '');
	expect(text).toMatch(expected);
	expect(text).not.toContain('Customer Success (Customer Success)');
});

test('production hands no mail to a server without TLS, unless SMTP_ALLOW_CLEARTEXT is set', async () => {
	let arrived = 0;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData(stream, _session, done) {
			arrived += 1;
			stream.resume().on('end', () => done());
		},
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	onTestFinished(() => new Promise<void>((closed) => server.close(closed)));
	const { port } = server.server.address() as { port: number };
	// 0.0.0.0 reaches this machine, and no rule knows it for this machine.
	const SMTP_URL = `smtp://0.0.0.0:${port}`;
	const send = async (more: Record<string, string>) => {
		const config = loadConfig({ ...PRODUCTION, SMTP_URL, ...more }, 'worker');
		const { smtpUrl } = config.mail;
		if (!config.sms || !smtpUrl) throw new Error('not configured');
		const { mailer } = openChannels(config, { smtpUrl, sms: config.sms }, pino({ level: 'silent' }));
		onTestFinished(() => mailer.close());
		const params = { temporaryPassword: 'abcd-efgh', expiresAt: '2026-11-25T08:00:00.000Z' };
		const mail = { messageId: randomUUID(), locale: 'en', to: 'ana@example.com', name: null, params };
		return mailer.send({ ...mail, template: 'temporary-password' });
	};
	expect(await send({})).toEqual({ outcome: 'retry' });
	expect(arrived).toBe(0);
	expect(await send({ SMTP_ALLOW_CLEARTEXT: 'true' })).toEqual({ outcome: 'sent' });
});
