import { Agent } from 'node:http';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type { DeliveryOutcome } from '../../domain/message.js';
import { reasonOfCode } from './reasons.js';

/** How to reach the provider. */
export interface ProviderAccess {
	accountSid: string;
	/** The account's own token … */
	authToken?: string;
	/** … or an API key with its secret, which come first where both are given. */
	apiKey?: string;
	apiSecret?: string;
	edge?: string;
	region?: string;
	/** Scheme and host that stand in for the provider's; null for the real one. */
	baseUrl: string | null;
}

/** Our own error in place of the client's, whose texts and fields carry the SMS, the number and the token. */
export class NotTaken extends Error {
	override name = 'NotTaken';
	constructor(
		readonly outcome: DeliveryOutcome,
		readonly code: string,
		readonly status?: number,
	) {
		super('The SMS provider did not take the message');
	}
}

/**
 * The provider's client, which reports every failure as `NotTaken` and never sends twice.
 * @param timeoutMs for a whole request, however its time is spent
 */
export async function createProvider(access: ProviderAccess, timeoutMs: number) {
	// Loading it costs more than 0.1 s of CPU, which processes that send no SMS need not pay.
	const { default: twilio } = await import('twilio');

	class HttpClient extends twilio.RequestClient {
		constructor() {
			super({ timeout: timeoutMs, keepAlive: true, autoRetry: false });
			this.axios.defaults.httpAgent = new Agent({ keepAlive: true, timeout: timeoutMs });
			// The client's own time-out notices only silence; a server that sends byte by byte would hold it without end.
			this.axios.interceptors.request.use((config) => {
				config.signal = AbortSignal.timeout(timeoutMs);
				return config;
			});
		}

		override async request<T>(options: RequestClient.RequestOptions<T>) {
			const uri = redirected(options.uri, access.baseUrl);
			const response = await super.request<T>({ ...options, uri }).catch((error: unknown) => {
				throw failureOf(error);
			});
			if (response.statusCode < 200 || response.statusCode > 299) throw refusalOf(response);
			return response;
		}
	}

	const byKey = access.apiKey && access.apiSecret;
	return twilio(byKey ? access.apiKey : access.accountSid, byKey ? access.apiSecret : access.authToken, {
		accountSid: access.accountSid,
		httpClient: new HttpClient(),
		edge: access.edge,
		region: access.region,
	});
}

/** There is no option for another host than the provider's own; a path of `baseUrl` is not used. */
function redirected(uri: string, baseUrl: string | null): string {
	if (!baseUrl) return uri;
	const { protocol, host } = new URL(baseUrl);
	return Object.assign(new URL(uri), { protocol, host }).href;
}

const UNRESOLVED = new Set(['ENOTFOUND', 'EAI_AGAIN']);
const UNCONNECTED = new Set(['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']);

/** No answer came. The SMS was surely not sent only if no connection was made. */
function failureOf(error: unknown): NotTaken {
	const { code = 'UNKNOWN', cause } = error as { code?: string; cause?: { syscall?: string; errors?: unknown[] } };
	const connecting = code === 'ECONNREFUSED' || cause?.syscall === 'connect' || cause?.errors !== undefined;
	const unsent = UNRESOLVED.has(code) || (connecting && UNCONNECTED.has(code));
	return new NotTaken(unsent ? { outcome: 'retry' } : { outcome: 'unknown' }, code);
}

interface Answer {
	statusCode: number;
	body: unknown;
	headers: unknown;
}

/** An answer other than "created": decided by its class first, since the provider changes its codes. */
function refusalOf({ statusCode: status, body, headers }: Answer): NotTaken {
	const code = codeIn(body);
	const shown = code === null ? `HTTP ${status}` : String(code);
	if (status === 429) return new NotTaken({ outcome: 'retry', ...retryAfter(headers) }, shown, status);
	if (status < 400 || status > 499 || status === 408) return new NotTaken({ outcome: 'unknown' }, shown, status);
	const unauthorized = status === 401 || status === 403;
	const reason = reasonOfCode(code) ?? (unauthorized ? 'provider-not-authorized' : 'provider-refused');
	return new NotTaken({ outcome: 'failed', reason }, shown, status);
}

function codeIn(body: unknown): number | null {
	const code = (body as { code?: unknown } | null)?.code;
	return typeof code === 'number' ? code : null;
}

/** Seconds, as the provider writes it; the header's other form, a date, is not used by it. */
function retryAfter(headers: unknown): { retryAfterMs?: number } {
	const value = (headers as Record<string, unknown> | null)?.['retry-after'];
	return typeof value === 'string' && /^\d{1,6}$/.test(value) ? { retryAfterMs: Number(value) * 1_000 } : {};
}
