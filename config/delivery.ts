import type { Environment } from './variables.js';

export interface MailConfig {
	/** Null when mail goes to the embedded inbox. */
	smtpUrl: string | null;
	/** The sender's address; its name is the product's. */
	from: string;
	/** Whether mail leaves over TLS or not at all. A mail server on this machine needs none. */
	requireTls: boolean;
	/** Whether `SMTP_ALLOW_CLEARTEXT` is set. */
	cleartextAllowed: boolean;
	dkim: { domain: string; selector: string; privateKey: string } | null;
}

/** A Twilio account. Either `authToken` or both of `apiKey` and `apiSecret`, and one of the two senders, are not null. */
export interface SmsConfig {
	accountSid: string;
	authToken: string | null;
	apiKey: string | null;
	apiSecret: string | null;
	messagingServiceSid: string | null;
	from: string | null;
	edge: string | null;
	region: string | null;
	/** Another server that speaks Twilio's Messages API; null for Twilio itself. */
	baseUrl: string | null;
}

/** The sender where no real mail leaves. */
const INBOX_SENDER = 'no-reply@mobile-token.example';

export function readMail(environment: Environment, problems: string[]): MailConfig {
	const { SMTP_URL, MAIL_FROM, DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY } = environment;
	if (SMTP_URL && !MAIL_FROM) problems.push('MAIL_FROM is missing: SMTP_URL needs the address that mail comes from.');
	const dkim = [DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY].filter(Boolean).length;
	if (dkim > 0 && dkim < 3) {
		problems.push(
			'DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY (or DKIM_PRIVATE_KEY_FILE) belong together: give all or none.',
		);
	}
	return {
		smtpUrl: SMTP_URL ?? null,
		from: MAIL_FROM ?? INBOX_SENDER,
		// RFC 8314, 4.1: an attacker who strips STARTTLS from a greeting must get no mail, since it may carry a temporary
		// password.
		requireTls: environment.NODE_ENV === 'production' && !environment.SMTP_ALLOW_CLEARTEXT,
		cleartextAllowed: environment.SMTP_ALLOW_CLEARTEXT,
		dkim:
			DKIM_DOMAIN && DKIM_SELECTOR && DKIM_PRIVATE_KEY
				? {
						domain: DKIM_DOMAIN,
						selector: DKIM_SELECTOR,
						privateKey: DKIM_PRIVATE_KEY,
					}
				: null,
	};
}

/** Null when SMS go to the embedded inbox. */
export function readSms(environment: Environment, problems: string[]): SmsConfig | null {
	const accountSid = environment.TWILIO_ACCOUNT_SID;
	if (!accountSid) {
		const stray = (['TWILIO_AUTH_TOKEN', 'TWILIO_API_KEY', 'TWILIO_BASE_URL'] as const).filter(
			(name) => environment[name],
		);
		for (const name of stray) problems.push(`${name} is given but TWILIO_ACCOUNT_SID is not: no SMS would be sent.`);
		return null;
	}
	problems.push(...smsProblems(environment));
	return {
		accountSid,
		authToken: environment.TWILIO_AUTH_TOKEN ?? null,
		apiKey: environment.TWILIO_API_KEY ?? null,
		apiSecret: environment.TWILIO_API_SECRET ?? null,
		messagingServiceSid: environment.TWILIO_MESSAGING_SERVICE_SID ?? null,
		from: environment.TWILIO_FROM ?? null,
		edge: environment.TWILIO_EDGE ?? null,
		region: environment.TWILIO_REGION ?? null,
		baseUrl: environment.TWILIO_BASE_URL ?? null,
	};
}

function smsProblems(environment: Environment): string[] {
	const problems: string[] = [];
	const { TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET, TWILIO_MESSAGING_SERVICE_SID, TWILIO_FROM } =
		environment;
	if (Boolean(TWILIO_API_KEY) !== Boolean(TWILIO_API_SECRET)) {
		problems.push('TWILIO_API_KEY and TWILIO_API_SECRET belong together: give both or none.');
	} else if (!TWILIO_AUTH_TOKEN && !TWILIO_API_KEY) {
		problems.push(
			'TWILIO_AUTH_TOKEN is missing (or TWILIO_API_KEY with TWILIO_API_SECRET): TWILIO_ACCOUNT_SID needs it.',
		);
	}
	if (!TWILIO_MESSAGING_SERVICE_SID && !TWILIO_FROM) {
		problems.push('TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM is missing: an SMS needs a sender.');
	}
	const { NODE_ENV, TWILIO_BASE_URL, TWILIO_BASE_URL_ALLOWED } = environment;
	if (NODE_ENV === 'production' && TWILIO_BASE_URL && !TWILIO_BASE_URL_ALLOWED && !isLoopback(TWILIO_BASE_URL)) {
		problems.push(
			'TWILIO_BASE_URL sends every code to a server that is not Twilio. If that is meant, set TWILIO_BASE_URL_ALLOWED=true.',
		);
	}
	return problems;
}

function isLoopback(url: string): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}
