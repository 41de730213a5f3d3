import type { Config } from './config.js';
import type { Role } from './roles.js';
import { weakAgentApiKeys, weakEncryptionKeys } from './weak-secrets.js';

interface Needed {
	name: string;
	why: string;
	/** `npm start` needs all. */
	by: Role[];
}

/** Settings that production needs and a laptop does not. */
const NEEDED: Needed[] = [
	{
		name: 'DATABASE_URL',
		why: 'the embedded database is for one laptop',
		by: ['api', 'worker', 'console', 'migrate'],
	},
	{ name: 'TEMPORAL_ADDRESS', why: 'the embedded Temporal server is for one laptop', by: ['api', 'worker'] },
	{ name: 'SMTP_URL', why: 'without it temporary passwords would go to the embedded inbox', by: ['worker'] },
	{ name: 'TWILIO_ACCOUNT_SID', why: 'without it SMS codes would go to the embedded inbox', by: ['worker'] },
	{
		name: 'ENCRYPTION_KEYS',
		why: 'all processes seal and open with the same keys; make one by: echo "k1:$(openssl rand -base64 32)"',
		by: ['api', 'worker', 'console'],
	},
	{ name: 'AGENT_API_KEY', why: 'without it no agent can register an account', by: ['api'] },
	{ name: 'SMS_ALLOWED_COUNTRIES', why: 'say which countries SMS may go to, or * for every country', by: ['api'] },
	{ name: 'PUBLIC_URL', why: 'without it mails would link to this machine', by: ['api', 'worker'] },
];

/** `given` tells whether a variable was set at all. */
export function productionProblems(config: Config, role: Role, given: (name: string) => boolean): string[] {
	return [
		...NEEDED.filter(({ by }) => role === 'everything' || by.includes(role))
			.filter(({ name }) => !given(name) && !(name === 'TEMPORAL_ADDRESS' && config.temporal.connection))
			.map(({ name, why }) => `${name} is missing: production needs it (${why}).`),
		...weakEncryptionKeys(config.encryptionKeys ?? []),
		...weakAgentApiKeys(config.agentApiKeys ?? []),
		...(listens(role) ? proxyProblems(config, given) : []),
	];
}

/**
 * Limits and the audit go by the network of a caller. The address must be the caller's own, not the proxy's, and the
 * caller must not be able to choose it.
 */
function proxyProblems({ http }: Config, given: (name: string) => boolean): string[] {
	if (http.trustProxy === true) {
		return [
			'TRUST_PROXY must not be true in production: every caller could choose its own address and pass every limit per network. Give the number of proxies in front (1), or their networks.',
		];
	}
	if (!isHttps(http.publicUrl) || given('TRUST_PROXY')) return [];
	return [
		'TRUST_PROXY is missing: PUBLIC_URL is https, so a proxy stands in front, and all users would count as one network. Give the number of proxies (1) or their networks; false if the proxy keeps the addresses of users.',
	];
}

/** Settings that production accepts with a warning. */
export function productionWarnings({ http, mail }: Config, role: Role): string[] {
	const { publicUrl, trustProxy } = http;
	const doubtful: [boolean, string][] = [
		[publicUrl?.startsWith('http://') ?? false, 'PUBLIC_URL is not https: passwords and codes would travel in clear.'],
		[
			listens(role) && isHttps(publicUrl) && !trustProxy,
			'TRUST_PROXY trusts no proxy, but PUBLIC_URL is https: unless the proxy keeps their addresses, all users count as one network.',
		],
		[mail.cleartextAllowed, 'SMTP_ALLOW_CLEARTEXT lets temporary passwords travel to the mail server in clear.'],
	];
	return doubtful.filter(([doubt]) => doubt).map(([, warning]) => warning);
}

function listens(role: Role): boolean {
	return role === 'everything' || role === 'api';
}

function isHttps(url: string | null): boolean {
	return url?.startsWith('https://') ?? false;
}
