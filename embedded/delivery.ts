import type { Router } from 'express';
import type { Config, SmsConfig } from '../config/index.js';
import type { Channels } from '../worker/delivery.js';
import type { Closers } from './closers.js';
import { startInbox } from './inbox/index.js';
import { isLoopbackHost } from './inbox/routes.js';

/** The inbox takes any account and any sender; the number is one of Twilio's own for tests. */
const INBOX_ACCOUNT: Omit<SmsConfig, 'baseUrl'> = {
	accountSid: `AC${'0'.repeat(32)}`,
	authToken: 'inbox',
	apiKey: null,
	apiSecret: null,
	messagingServiceSid: null,
	from: '+15005550006',
	edge: null,
	region: null,
};

export interface Delivery {
	channels: Channels;
	/** The inbox's pages, if they are shown. */
	routers: Router[];
	/** Hidden where HOST lets others in; none where both mail and SMS leave this machine. */
	inbox: 'shown' | 'hidden' | 'none';
}

/** Where mail and SMS go: what is not set goes to the inbox. */
export async function openDelivery(config: Config, closers: Closers): Promise<Delivery> {
	const { mail, sms, dataDir } = config;
	if (mail.smtpUrl && sms) return { channels: { smtpUrl: mail.smtpUrl, sms }, routers: [], inbox: 'none' };
	const inbox = await startInbox({ dataDir });
	closers.add(inbox.stop);
	const channels = {
		smtpUrl: mail.smtpUrl ?? inbox.smtpUrl,
		sms: sms ?? { ...INBOX_ACCOUNT, baseUrl: inbox.twilioBaseUrl },
	};
	const { host } = config.http;
	const shown = isLoopbackHost(host.includes(':') ? `[${host}]` : host);
	return { channels, routers: shown ? [inbox.router] : [], inbox: shown ? 'shown' : 'hidden' };
}
