import { createMailer, type Mailer } from '../activities/delivery/email.js';
import { createTexter, type Texter } from '../activities/delivery/sms.js';
import { systemClock } from '../config/clock.js';
import type { Config, SmsConfig } from '../config/index.js';
import type { Logger } from '../config/log.js';
import { NO_CONTACT } from '../config/variables.js';

/** The senders of the two channels. */
export interface Channels {
	smtpUrl: string;
	sms: SmsConfig;
}

/** The configured mail server and SMS provider. */
export function openChannels(
	config: Config,
	{ smtpUrl, sms }: Channels,
	log: Logger,
): { mailer: Mailer; texter: Texter } {
	const { productName, supportContact } = config;
	const { from, dkim, requireTls } = config.mail;
	const publicUrl = config.http.publicUrl ?? `http://localhost:${config.http.port}`;
	const onTrouble = (trouble: object) => log.warn(trouble, 'a delivery attempt failed');
	const mailer = createMailer({
		smtpUrl,
		from,
		requireTls,
		productName,
		dkim: dkim && { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey },
		// The mails name Customer Success anyway.
		supportContact: supportContact === NO_CONTACT ? null : supportContact,
		publicUrl,
		onTrouble,
	});
	const texter = createTexter({
		accountSid: sms.accountSid,
		authToken: sms.authToken ?? undefined,
		apiKey: sms.apiKey ?? undefined,
		apiSecret: sms.apiSecret ?? undefined,
		messagingServiceSid: sms.messagingServiceSid ?? undefined,
		from: sms.from ?? undefined,
		edge: sms.edge ?? undefined,
		region: sms.region ?? undefined,
		baseUrl: sms.baseUrl,
		statusCallbackUrl: null,
		productName,
		publicUrl,
		clock: systemClock,
		onTrouble,
	});
	return { mailer, texter };
}
