import type { Router } from 'express';
import { systemClock } from '../../config/clock.js';
import type { Listener } from './listener.js';
import { inboxRouter } from './routes.js';
import { startSmtp } from './smtp.js';
import { InboxStore } from './store.js';
import { startTwilio } from './twilio.js';

export interface Inbox {
	/** Where mail is to be sent: the form of `SMTP_URL`. */
	smtpUrl: string;
	/** Where Twilio's client is to be pointed: the form of `TWILIO_BASE_URL`. */
	twilioBaseUrl: string;
	/** The page and its JSON, for the API's own port. */
	router: Router;
	/** For those who try what happens when the mail server is down … */
	smtp: Listener;
	/** … or the SMS provider. */
	twilio: Listener;
	stop(): Promise<void>;
}

/** Receives what leaves the product on a laptop, over the real protocols, and shows it. Never for real recipients. */
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
