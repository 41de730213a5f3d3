import { randomBytes } from 'node:crypto';

/** The least that production starts with, all roles together. */
export const PRODUCTION = {
	NODE_ENV: 'production',
	DATABASE_URL: 'postgresql://app:pw@db/app',
	TEMPORAL_ADDRESS: 'temporal:7233',
	SMTP_URL: 'smtp://mail.example.com:587',
	MAIL_FROM: 'no-reply@example.com',
	TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
	TWILIO_AUTH_TOKEN: 'twilio-token',
	TWILIO_FROM: '+15005550006',
	ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
	AGENT_API_KEY: `ann:${randomBytes(24).toString('hex')}`,
	SMS_ALLOWED_COUNTRIES: 'PT,DE',
	PUBLIC_URL: 'https://id.example.com/',
	TRUST_PROXY: '1',
};

export type ProductionName = keyof typeof PRODUCTION;

export function productionWithout(...names: ProductionName[]): Record<string, string> {
	return Object.fromEntries(Object.entries(PRODUCTION).filter(([name]) => !names.includes(name as ProductionName)));
}

const MADE_UP_KEY = (text: string) => `k1:${Buffer.from(text.padEnd(32, text)).toString('base64')}`;
const KEY = randomBytes(32).toString('base64');
const API_KEY = randomBytes(24).toString('base64url');

/** Single values that production must not start with, and the variable that the refusal names. */
export const INSECURE: [why: string, name: string, value: string][] = [
	['no proxy is named behind https', 'TRUST_PROXY', ''],
	['callers choose their own network', 'TRUST_PROXY', 'true'],
	['more hops than there are proxies', 'TRUST_PROXY', '1000'],
	['every IPv4 address is a proxy', 'TRUST_PROXY', '0.0.0.0/0'],
	['half of all addresses are proxies', 'TRUST_PROXY', '0.0.0.0/1,128.0.0.0/1'],
	['every IPv6 address is a proxy', 'TRUST_PROXY', '::/0'],
	['every IPv4 address is a proxy, written as IPv6', 'TRUST_PROXY', '::ffff:0.0.0.0/96'],
	['no address at all', 'TRUST_PROXY', 'yes'],
	['mails link to nowhere', 'PUBLIC_URL', ''],
	['the sample key of .env.example', 'ENCRYPTION_KEYS', 'k1:MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA='],
	['a key of zeros', 'ENCRYPTION_KEYS', `k1:${Buffer.alloc(32).toString('base64')}`],
	['a key of one byte', 'ENCRYPTION_KEYS', `k1:${Buffer.alloc(32, 0xa7).toString('base64')}`],
	['a key of two bytes in turn', 'ENCRYPTION_KEYS', `k1:${Buffer.alloc(32, 'a7').toString('base64')}`],
	['a word, repeated', 'ENCRYPTION_KEYS', MADE_UP_KEY('letmein')],
	['a sentence', 'ENCRYPTION_KEYS', MADE_UP_KEY('The quick brown fox jumps over a')],
	['a weak key behind a strong one', 'ENCRYPTION_KEYS', `k2:${KEY},k1:${Buffer.alloc(32).toString('base64')}`],
	['the same key twice', 'ENCRYPTION_KEYS', `k1:${KEY},k2:${KEY}`],
	['an API key of one letter', 'AGENT_API_KEY', 'a'],
	['an API key of one letter, repeated', 'AGENT_API_KEY', 'a'.repeat(48)],
	['the sample API keys of .env.example', 'AGENT_API_KEY', 'ann:secret,bob:another'],
	['an API key of 124 bits', 'AGENT_API_KEY', `ann:${randomBytes(16).toString('hex').slice(1)}`],
	['a short API key behind a long one', 'AGENT_API_KEY', `ann:${API_KEY},bob:letmein`],
	['one API key under two names', 'AGENT_API_KEY', `ann:${API_KEY},bob:${API_KEY}`],
	['codes go to a stranger', 'TWILIO_BASE_URL', 'https://sms.example.net'],
	['no country is chosen', 'SMS_ALLOWED_COUNTRIES', ''],
	['everything lives on a laptop', 'DATABASE_URL', ''],
	['everything lives on a laptop', 'TEMPORAL_ADDRESS', ''],
	['temporary passwords stay in the inbox', 'SMTP_URL', ''],
	['codes stay in the inbox', 'TWILIO_ACCOUNT_SID', ''],
	['nothing can be sealed', 'ENCRYPTION_KEYS', ''],
	['no agent can act', 'AGENT_API_KEY', ''],
];
