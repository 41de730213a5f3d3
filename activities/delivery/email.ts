import nodemailer from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser';
import type { DeliveryOutcome, MessageParams, Template } from '../../domain/message.js';
import { composeMail } from './compose.js';
import type { Trouble } from './trouble.js';

/** Below the 10 s after which the activity that sends is given up, so that an outcome is always told. */
const DELIVERY_TIMEOUT_MS = 7_500;
const CONNECTION_TIMEOUT_MS = 4_000;
const SILENCE_TIMEOUT_MS = 6_000;
/** Below the five minutes for which a server keeps an idle session (RFC 5321, 4.5.3.2.7). */
const IDLE_TIMEOUT_MS = 60_000;

export interface MailerOptions {
	/** `smtp://user:password@host:587`, or `smtps:` for TLS from the first byte. */
	smtpUrl: string;
	/** `address`, or `Name <address>`; without a name the product's is shown. */
	from: string;
	/** No mail leaves in clear, except to a mail server on this machine. False unless given. */
	requireTls?: boolean;
	productName: string;
	/** The key is PEM. */
	dkim: { domainName: string; keySelector: string; privateKey: string } | null;
	/** Where Customer Success is reached: an address, a number or a link. */
	supportContact: string | null;
	/** Base of the links in mails. */
	publicUrl: string;
	/** IANA name of the zone dates are written in. UTC unless given. */
	timeZone?: string;
	/** Milliseconds a whole delivery may take. 7,500 unless given. */
	timeoutMs?: number;
	/** Receives each attempt that failed, in codes without personal data, for the log. */
	onTrouble?: (trouble: Trouble) => void;
}

export interface OutgoingMail {
	/** The row's id: the same for every attempt, and so is the `Message-ID` made of it. */
	messageId: string;
	template: Template;
	/** BCP 47, as the account has it. */
	locale: string;
	to: string;
	name: string | null;
	params: MessageParams;
}

export interface Mailer {
	/** Hands one mail to the mail server. Never rejects. The outcome contains no personal data. */
	send(mail: OutgoingMail): Promise<DeliveryOutcome>;
	/** Ends idle connections; a delivery in progress ends as it ends. */
	close(): void;
}

/**
 * Sends mails over a few connections that are kept open.
 * @throws when `smtpUrl` is no SMTP address or `from` is not exactly one address; the text quotes neither.
 */
export function createMailer(options: MailerOptions): Mailer {
	const sender = senderOf(options.from, options.productName);
	const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
	const { productName, supportContact } = options;
	const logInUrl = new URL('/log-in', options.publicUrl).href;
	const setting = { productName, supportContact, logInUrl, timeZone: options.timeZone ?? 'UTC' };
	const transport = nodemailer.createTransport({
		...serverOf(options.smtpUrl, options.requireTls ?? false),
		pool: true,
		maxConnections: 5,
		maxMessages: 1_000,
		maxRequeues: 1,
		connectionTimeout: CONNECTION_TIMEOUT_MS,
		greetingTimeout: CONNECTION_TIMEOUT_MS,
		dnsTimeout: CONNECTION_TIMEOUT_MS,
		socketTimeout: SILENCE_TIMEOUT_MS,
		idleTimeout: IDLE_TIMEOUT_MS,
		disableFileAccess: true,
		disableUrlAccess: true,
		...(options.dkim ? { dkim: options.dkim } : {}),
	});
	return {
		async send({ messageId, template, ...content }) {
			if (template === 'passcode') return { outcome: 'failed', reason: 'unreadable' };
			if (!ONE_ADDRESS.test(content.to)) return { outcome: 'failed', reason: 'address-refused' };
			try {
				const composed = composeMail({ ...content, template }, setting);
				if (!composed) return { outcome: 'failed', reason: 'unreadable' };
				await transport.sendMail({
					...composed,
					from: sender,
					// As an object: a string would be parsed, and might become two recipients.
					to: { name: '', address: content.to },
					messageId: `<${messageId}@${domain}>`,
					headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
					signal: AbortSignal.timeout(options.timeoutMs ?? DELIVERY_TIMEOUT_MS),
				});
				return { outcome: 'sent' };
			} catch (error) {
				const trouble = troubleOf(messageId, error);
				options.onTrouble?.(trouble);
				return outcomeOf(trouble);
			}
		},
		close: () => transport.close(),
	};
}

/**
 * One address, without text that a mail client may read as a second address, a name, a group or a comment (RFC 5322,
 * 3.4).
 */
const ONE_ADDRESS = /^[^\s\p{C}@,;:<>()"[\]\\]+@[^\s\p{C}@,;:<>()"[\]\\]+$/u;

/** Recipient replies that speak of the address, not of us (RFC 5321, 4.2.3; 556 is RFC 7504's "accepts no mail"). */
const ADDRESS_REFUSED = new Set([550, 551, 552, 553, 556]);

/** The codes of an error of nodemailer. Its text stays here: it quotes recipients and the server's replies. */
function troubleOf(messageId: string, error: unknown): Trouble {
	const { code = 'UNKNOWN', command, responseCode } = error as Partial<Trouble> & { responseCode?: number };
	return { messageId, code, command, status: responseCode };
}

/**
 * What a failed attempt means for the message. Replies to the mail itself decide by their class; whatever happens before it
 * (greeting, sign-in to the server, sockets, DNS, time-outs) says nothing about this mail and heals without it.
 */
function outcomeOf({ code, command, status }: Trouble): DeliveryOutcome {
	if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return { outcome: 'retry' };
	// Without a reply: nodemailer itself refused the address.
	if (status === undefined) return { outcome: 'failed', reason: 'address-refused' };
	// 503 means that the session was in the wrong state. Another session may succeed.
	if (status < 500 || status === 503) return { outcome: 'retry' };
	const ofRecipient = command === 'RCPT TO' && ADDRESS_REFUSED.has(status);
	return { outcome: 'failed', reason: ofRecipient ? 'address-refused' : 'mail-server-refused' };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** The server by name, port and credentials. Query parameters are not read: the client would take any option from them. */
function serverOf(smtpUrl: string, requireTls: boolean) {
	const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : null;
	if (!url?.hostname || !/^smtps?:$/.test(url.protocol)) throw new Error('The SMTP URL is not smtp:// or smtps://');
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const secure = url.protocol === 'smtps:';
	const auth = url.username
		? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
		: undefined;
	return {
		host,
		secure,
		...(url.port ? { port: Number(url.port) } : {}),
		// On one machine TLS protects nothing and costs a handshake.
		ignoreTLS: !secure && LOOPBACK.test(host),
		// Credentials never travel in the clear, whatever an attacker between us and the server strips from its greeting.
		requireTLS: (requireTls || auth !== undefined) && !secure && !LOOPBACK.test(host),
		...(auth && { auth }),
	};
}

function senderOf(from: string, productName: string): { name: string; address: string } {
	const [sender, ...others] = addressparser(from, { flatten: true });
	if (!sender?.address?.includes('@') || others.length > 0) throw new Error('The sender is not one e-mail address');
	return { name: sender.name || productName, address: sender.address };
}
