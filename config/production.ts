import type { Config } from './config.js';

/** Shorter keys could be guessed: 128 bits in hexadecimal are 32 characters, in base64url 22. */
const API_KEY_LENGTH_MIN = 22;

/** What a laptop can do without and production cannot. `given` tells whether a variable was set at all. */
export function productionProblems(config: Config, given: (name: string) => boolean): string[] {
	const missing: [string, string][] = [
		['DATABASE_URL', 'the embedded database is for one laptop'],
		['TEMPORAL_ADDRESS', 'the embedded Temporal server is for one laptop'],
		['SMTP_URL', 'without it temporary passwords would go to the embedded inbox'],
		['TWILIO_ACCOUNT_SID', 'without it SMS codes would go to the embedded inbox'],
		[
			'ENCRYPTION_KEYS',
			'all processes seal and open with the same keys; make one by: echo "k1:$(openssl rand -base64 32)"',
		],
		['AGENT_API_KEY', 'without it nobody may register an account'],
		['SMS_ALLOWED_COUNTRIES', 'say which countries SMS may go to, or * for every country'],
	];
	const problems = missing
		.filter(([name]) => !given(name) && !(name === 'TEMPORAL_ADDRESS' && config.temporal.connection))
		.map(([name, why]) => `${name} is missing: production needs it (${why}).`);
	const weak = config.agentApiKeys?.filter(({ key }) => key.length < API_KEY_LENGTH_MIN) ?? [];
	for (const { name } of weak) {
		problems.push(
			`AGENT_API_KEY: the key of ${name} must have at least ${API_KEY_LENGTH_MIN} characters in production.`,
		);
	}
	return problems;
}

/** What production can run with, but hardly means. */
export function productionWarnings(config: Config): string[] {
	const doubtful: [boolean, string][] = [
		[config.http.publicUrl === null, 'PUBLIC_URL is not set: messages cannot say where to sign in.'],
		[
			config.http.publicUrl?.startsWith('http://') ?? false,
			'PUBLIC_URL is not https: passwords and codes would travel in clear.',
		],
		[
			config.http.trustProxy === true,
			'TRUST_PROXY=true believes any caller about its address: name the proxies or their number.',
		],
	];
	return doubtful.filter(([doubt]) => doubt).map(([, warning]) => warning);
}
