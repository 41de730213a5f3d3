import type { DeliveryOutcome, MessageParams } from '../../domain/message.js';
import { type Clock, MINUTE_MS, msUntil, SECOND_MS } from '../../domain/time.js';
import type { Trouble } from './trouble.js';
import { createProvider, NotTaken, type ProviderAccess } from './twilio-client.js';
import { speechFor } from './words/catalogue.js';

/** Below the 10 s after which the activity that sends is given up, so that an outcome is always told. */
const DELIVERY_TIMEOUT_MS = 8_000;
/** The longest the provider keeps a message in its queue. */
const VALIDITY_MAX_MS = 600 * MINUTE_MS;

export interface TexterOptions extends ProviderAccess {
	/** The sender: a messaging service … */
	messagingServiceSid?: string;
	/** … or a number or name. */
	from?: string;
	/** Where the provider reports delivery; null for no reports. */
	statusCallbackUrl: string | null;
	productName: string;
	/** The site whose pages the code is for. */
	publicUrl: string;
	clock: Clock;
	/** Milliseconds a request may take. 8,000 unless given. */
	timeoutMs?: number;
	/** Receives each attempt that failed, in codes without personal data, for the log. */
	onTrouble?: (trouble: Trouble) => void;
}

export interface OutgoingSms {
	/** The row's id. */
	messageId: string;
	/** BCP 47, as the account has it. */
	locale: string;
	/** E.164. */
	to: string;
	params: MessageParams;
}

export interface Texter {
	/** Makes at most one request to send one SMS. Never rejects. The outcome contains no personal data. */
	send(sms: OutgoingSms): Promise<DeliveryOutcome>;
}

/**
 * Sends SMS through Twilio.
 * @throws when the options name no account, no credentials or no sender; the text quotes none of them.
 */
export function createTexter(options: TexterOptions): Texter {
	refuseIncomplete(options);
	const timeoutMs = options.timeoutMs ?? DELIVERY_TIMEOUT_MS;
	const site = new URL(options.publicUrl).hostname;
	let provider: ReturnType<typeof createProvider> | undefined;
	return {
		async send({ messageId, locale, to, params: { passcode, number = 1, expiresAt } }) {
			if (!passcode || !expiresAt) return { outcome: 'failed', reason: 'unreadable' };
			const validForMs = msUntil(options.clock.now(), expiresAt);
			if (Number.isNaN(validForMs)) return { outcome: 'failed', reason: 'unreadable' };
			const { words, minutes } = speechFor(locale);
			const said = words.passcode({
				product: options.productName,
				passcode,
				number,
				validFor: minutes(validForMs),
			});
			try {
				provider ??= createProvider(options, timeoutMs);
				const { sid } = await (await provider).messages.create({
					to,
					// The last line lets a phone offer the code on this site and no other (https://wicg.github.io/sms-one-time-codes/).
					body: `${said}\n\n@${site} #${passcode}`,
					messagingServiceSid: options.messagingServiceSid,
					from: options.from,
					validityPeriod: Math.ceil(Math.min(Math.max(validForMs, SECOND_MS), VALIDITY_MAX_MS) / SECOND_MS),
					riskCheck: 'enable',
					contentRetention: 'discard',
					addressRetention: 'obfuscate',
					statusCallback: options.statusCallbackUrl ?? undefined,
				});
				return sid ? { outcome: 'sent', providerId: sid } : { outcome: 'sent' };
			} catch (error) {
				const { outcome, code, status } = error instanceof NotTaken ? error : UNEXPLAINED;
				options.onTrouble?.({ messageId, code, status });
				return outcome;
			}
		},
	};
}

/** After an unexpected error the SMS may have been sent. */
const UNEXPLAINED = new NotTaken({ outcome: 'unknown' }, 'UNKNOWN');

function refuseIncomplete(options: TexterOptions): void {
	const { authToken, apiKey, apiSecret, messagingServiceSid, from } = options;
	if (!options.accountSid.startsWith('AC')) throw new Error('The Twilio account SID does not start with AC');
	if (!authToken && !(apiKey && apiSecret)) throw new Error('Twilio needs an auth token, or an API key and its secret');
	if (!messagingServiceSid && !from) throw new Error('Twilio needs a messaging service or a sender');
}
