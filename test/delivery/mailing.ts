import { inspect } from 'node:util';
import { afterEach, expect, vi } from 'vitest';
import { createMailer, type Mailer, type MailerOptions, type OutgoingMail } from '../../activities/delivery/email.js';
import { startMailServer, startSocketServer } from './mail-server.js';

export const PASSWORD = 'k7hq-m9fw-dpx3-tnc4-vrgz-8bjy-s5ea';
export const RECIPIENT = 'ana.lima@reader.example';

export const MAIL: OutgoingMail = {
	messageId: '0192f1d2-7c3a-4e61-9d0b-5f6a7b8c9d0e',
	template: 'temporary-password',
	locale: 'en',
	to: RECIPIENT,
	name: 'Ana Lima',
	params: { temporaryPassword: PASSWORD, expiresAt: '2026-11-25T08:00:00.000Z' },
};

export const OPTIONS: MailerOptions = {
	smtpUrl: 'smtp://127.0.0.1:25',
	from: 'no-reply@platform.example',
	productName: 'Mobile Token',
	dkim: null,
	supportContact: 'support@platform.example',
	publicUrl: 'https://login.platform.example:8443',
};

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

export function mailer(port: number, options: Partial<MailerOptions> = {}): Mailer {
	const made = createMailer({ ...OPTIONS, smtpUrl: `smtp://127.0.0.1:${port}`, ...options });
	closing.push(() => made.close());
	return made;
}

export async function mailServer(...options: Parameters<typeof startMailServer>) {
	const server = await startMailServer(...options);
	closing.push(server.close);
	return server;
}

export async function socketServer(...options: Parameters<typeof startSocketServer>) {
	const server = await startSocketServer(...options);
	closing.push(server.close);
	return server;
}

/** Sends once; neither what comes back nor what is reported for the log may say who was written to, or what. */
export async function sendQuietly(port: number, options: Partial<MailerOptions> = {}) {
	const onTrouble = vi.fn();
	const outcome = await mailer(port, { timeoutMs: 600, ...options, onTrouble }).send(MAIL);
	const told = inspect([outcome, onTrouble.mock.calls], { depth: 9 });
	for (const secret of [PASSWORD, RECIPIENT, 'Ana', 'mailbox of']) expect(told).not.toContain(secret);
	return { outcome, troubles: onTrouble.mock.calls.map(([trouble]) => trouble) };
}
