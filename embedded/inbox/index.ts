import type { Router } from 'express';
import { systemClock } from '../../config/clock.js';
import type { Listener } from './listener.js';
import { inboxRouter } from './routes.js';
import { startSmtp } from './smtp.js';
import { InboxStore } from './store.js';
import { startTwilio } from './twilio.js';

export interface Inbox {
	/** The mail server's address, in the form of `SMTP_URL`. */
	smtpUrl: string;
	/** The SMS provider's address, in the form of `TWILIO_BASE_URL`. */
	twilioBaseUrl: string;
	/** The page and its JSON, for the API's own port. */
	router: Router;
	/** Takes the mail server down and up, for experiments … */
	smtp: Listener;
	/** … and the SMS provider. */
	twilio: Listener;
	stop(): Promise<void>;
}

/** Receives mails and SMS on a laptop over the real protocols and shows them. Delivers to no real recipient. */
export async function startInbox({ dataDir }: { dataDir: string }): Promise<Inbox> {
	const store = new InboxStore(dataDir, systemClock);
	const smtp = await startSmtp(store);
	const twilio = await startTwilio(store);
	return {
		smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
		twilioBaseUrl: `http://127.0.0.1:${twilio.port}`,
		router: inboxRouter(store),
		smtp,
		twilio,
		async stop() {
			await Promise.all([smtp.stop(), twilio.stop()]);
			store.close();
		},
	};
}
