import type { Router } from 'express';
import type { Config, SmsConfig } from '../config/index.js';
import type { Channels } from '../worker/delivery.js';
import type { Closers } from './closers.js';
import { startInbox } from './inbox/index.js';
import { isLoopbackHost } from './inbox/routes.js';
import { inboxFile } from './inbox/store.js';

/** The inbox accepts any account and any sender; the number is one of Twilio's own for tests. */
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

/** Messages are kept, but no page shows them, because these variables let others reach the pages. */
export interface Hidden {
	because: string[];
	/** Where the messages are. */
	file: string;
}

export interface Delivery {
	channels: Channels;
	/** The inbox's pages, if they are shown. */
	routers: Router[];
	/** `not needed`: mail and SMS both leave this machine. `Hidden`: messages are kept, but no page shows them. */
	inbox: 'shown' | 'not needed' | Hidden;
}

/** The senders of mail and SMS. A channel that is not configured goes to the inbox. */
export async function openDelivery(config: Config, closers: Closers): Promise<Delivery> {
	const { mail, sms, dataDir } = config;
	if (mail.smtpUrl && sms) return { channels: { smtpUrl: mail.smtpUrl, sms }, routers: [], inbox: 'not needed' };
	const inbox = await startInbox({ dataDir });
	closers.add(inbox.stop);
	const channels = {
		smtpUrl: mail.smtpUrl ?? inbox.smtpUrl,
		sms: sms ?? { ...INBOX_ACCOUNT, baseUrl: inbox.twilioBaseUrl },
	};
	const because = opensTheWay(config);
	if (because.length > 0) return { channels, routers: [], inbox: { because, file: inboxFile(dataDir) } };
	return { channels, routers: [inbox.router], inbox: 'shown' };
}

/** The variables by which others may reach the pages. Every code and the first agent's password are in the inbox. */
function opensTheWay({ http: { host, trustProxy, publicUrl } }: Config): string[] {
	const opens = {
		HOST: !isLoopbackHost(host.includes(':') ? `[${host}]` : host),
		TRUST_PROXY: trustProxy !== false && trustProxy !== 0,
		PUBLIC_URL: publicUrl !== null && !isLoopbackHost(new URL(publicUrl).host),
	};
	return Object.entries(opens).flatMap(([name, open]) => (open ? [name] : []));
}
