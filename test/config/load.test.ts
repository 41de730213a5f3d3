import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../config/index.js';
import { DEFAULT_POLICY } from '../../domain/policy.js';
import { PRODUCTION, type ProductionName, productionWithout } from './production-environment.js';

const KEY = randomBytes(32).toString('base64');

function problemsOf(env: NodeJS.ProcessEnv): string[] {
	try {
		loadConfig(env);
		return [];
	} catch (error) {
		if (error instanceof ConfigError) return error.problems;
		throw error;
	}
}

function problemsWithout(...names: ProductionName[]): string[] {
	return problemsOf(productionWithout(...names));
}

describe('a fresh laptop sets nothing', () => {
	test('everything is embedded and keeps the policy, except for limits on its one network', () => {
		const config = loadConfig({});
		expect(config).toMatchObject({
			environment: 'development',
			http: { host: '127.0.0.1', port: 3000, portGiven: false, publicUrl: null, trustProxy: false },
			databaseUrl: null,
			sms: null,
			encryptionKeys: null,
			agentApiKeys: null,
			warnings: [],
		});
		expect(config.temporal.connection).toBeNull();
		expect(config.mail.smtpUrl).toBeNull();
		const { passcodesPerPrefixPerHour, passcodesPerNetworkPerHour, smsPerDay, signInsPerNetworkPerHour, ...rest } =
			config.policy;
		expect(DEFAULT_POLICY).toMatchObject(rest);
		const raised = [passcodesPerPrefixPerHour, passcodesPerNetworkPerHour, smsPerDay, signInsPerNetworkPerHour];
		expect(raised).toEqual([1_000_000, 1_000_000, 1_000_000, 1_000_000]);
	});

	test('a profile file in the home of its developer does not switch the embedded server off', () => {
		const home = mkdtempSync(join(tmpdir(), 'home-'));
		const file = join(home, 'temporal.toml');
		writeFileSync(file, '[profile.default]\naddress = "cloud.example:7233"\n');
		try {
			expect(loadConfig({ HOME: home, XDG_CONFIG_HOME: home }).temporal.connection).toBeNull();
			const named = loadConfig({ TEMPORAL_CONFIG_FILE: file }).temporal.connection;
			expect(named?.connectionOptions.address).toBe('cloud.example:7233');
		} finally {
			rmSync(home, { recursive: true });
		}
	});

	test('a real SMS account keeps the limits that cost money, a real database those on networks', () => {
		expect(loadConfig(PRODUCTION).policy).toEqual({ ...DEFAULT_POLICY, smsAllowedCountries: ['PT', 'DE'] });
	});
});

describe('production', () => {
	test('starts with the least and reads it all', () => {
		const config = loadConfig(PRODUCTION);
		expect(config.http.publicUrl).toBe('https://id.example.com');
		expect(config.temporal.connection?.connectionOptions.address).toBe('temporal:7233');
		const [id, key = ''] = PRODUCTION.ENCRYPTION_KEYS.split(':');
		expect(config.encryptionKeys).toEqual([{ id, key: Buffer.from(key, 'base64') }]);
		expect(config.agentApiKeys).toEqual([{ name: 'ann', key: PRODUCTION.AGENT_API_KEY.slice('ann:'.length) }]);
		expect(config.sms).toMatchObject({ from: '+15005550006', authToken: 'twilio-token', apiKey: null, baseUrl: null });
		expect(config.warnings).toEqual([]);
	});

	test.each([
		'DATABASE_URL',
		'TEMPORAL_ADDRESS',
		'SMTP_URL',
		'ENCRYPTION_KEYS',
		'AGENT_API_KEY',
		'SMS_ALLOWED_COUNTRIES',
		'PUBLIC_URL',
		'TRUST_PROXY',
	] as const)('does not start without %s', (name) => {
		expect(problemsWithout(name)).toEqual([expect.stringMatching(new RegExp(`^${name} is missing`))]);
	});

	test('does not start without a Twilio account, since codes would go to the inbox', () => {
		const problems = problemsWithout('TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN');
		expect(problems).toEqual([expect.stringMatching(/^TWILIO_ACCOUNT_SID is missing/)]);
	});

	test('does not send codes to another host than Twilio’s, unless that is allowed', () => {
		const elsewhere = { ...PRODUCTION, TWILIO_BASE_URL: 'http://127.0.0.1.evil.example' };
		expect(problemsOf(elsewhere)).toEqual([expect.stringMatching(/^TWILIO_BASE_URL /)]);
		expect(problemsOf({ ...elsewhere, TWILIO_BASE_URL_ALLOWED: 'true' })).toEqual([]);
		expect(problemsOf({ ...PRODUCTION, TWILIO_BASE_URL: 'http://127.0.0.1:4010' })).toEqual([]);
		expect(problemsOf({ ...elsewhere, NODE_ENV: 'development' })).toEqual([]);
	});

	test('S-47 production refuses an API key that can be guessed', () => {
		expect(problemsOf({ ...PRODUCTION, AGENT_API_KEY: 'ann:letmein' })).toEqual([
			expect.stringContaining('of ann must'),
		]);
	});
});

test('all problems come at once, each in words, none with a value', () => {
	const problems = problemsOf({
		NODE_ENV: 'production',
		PORT: '80800',
		DATABASE_URL: 'mysql://root:hunter2@db',
		ENCRYPTION_KEYS: 'k1:hunter2,k1:hunter2',
		AGENT_API_KEY: 'ann:hunter2,hunter2',
		PASSCODE_LIFETIME: '10',
		TWILIO_AUTH_TOKEN: 'hunter2',
		SMS_ALLOWED_COUNTRIES: 'PT,XX',
		TRUST_PROXY: 'true',
		DKIM_DOMAIN: 'example.com',
	});
	const named = ['PORT', 'DATABASE_URL', 'ENCRYPTION_KEYS', 'AGENT_API_KEY', 'PASSCODE_LIFETIME', 'TWILIO_AUTH_TOKEN'];
	for (const name of [...named, 'SMS_ALLOWED_COUNTRIES', 'SMTP_URL', 'TEMPORAL_ADDRESS', 'DKIM_DOMAIN']) {
		expect(
			problems.filter((problem) => problem.startsWith(name)),
			name,
		).not.toEqual([]);
	}
	expect(
		problems.filter((problem) => /is missing/.test(problem) && /^(DATABASE_URL|ENCRYPTION)/.test(problem)),
	).toEqual([]);
	expect(problems.join()).not.toContain('hunter2');
	for (const problem of problems) expect(problem).toMatch(/^[A-Z_*]+\S* .+\.$/);
});

describe('single values', () => {
	test.each([
		['PORT', 'http'],
		['PASSCODE_LIFETIME', '0s'],
		['PASSWORD_LENGTH_MIN', '7'],
		['TEMPORAL_ADDRESS', 'http://temporal:7233'],
		['TEMPORAL_TLS', 'yes'],
		['MAIL_FROM', 'Mobile Token <a@example.com>, b@example.com'],
		['TOTP_ISSUER', 'Mobile: Token'],
		['PUBLIC_URL', 'id.example.com'],
		['PUBLIC_URL', 'https://example.com/id'],
		['PUBLIC_URL', 'https://user:pass@id.example.com'],
		['PUBLIC_URL', 'https://id.example.com@evil.example'],
		['PUBLIC_URL', 'https://id.example.com?q'],
		['PUBLIC_URL', 'https://id.example.com/#x'],
		['NODE_ENV', 'prod'],
		['SMS_ALLOWED_COUNTRIES', ','],
		['ENCRYPTION_KEYS', `${KEY}`],
		['ENCRYPTION_KEYS', 'k1:c2hvcnQ='],
		['AGENT_API_KEY', 'ann:one,ann:two'],
		['AGENT_API_KEY', 'ann:'],
	])('%s=%s is refused', (name, value) => {
		expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must `))]);
	});

	test('an empty variable counts as unset, as Compose passes unset ones on', () => {
		const empty = Object.fromEntries(Object.keys(PRODUCTION).map((name) => [name, '']));
		expect(loadConfig(empty)).toEqual(loadConfig({}));
	});

	test('lists and pairs are read in order', () => {
		const config = loadConfig({
			ENCRYPTION_KEYS: `k2:${KEY}, k1:${randomBytes(32).toString('base64')}`,
			AGENT_API_KEY: 'ann:one,bob:two:three',
			TRUST_PROXY: 'loopback, 10.0.0.0/8',
			PORT: '0',
		});
		expect(config.encryptionKeys?.map(({ id }) => id)).toEqual(['k2', 'k1']);
		expect(config.agentApiKeys).toEqual([
			{ name: 'ann', key: 'one' },
			{ name: 'bob', key: 'two:three' },
		]);
		expect(config.http).toMatchObject({ trustProxy: ['loopback', '10.0.0.0/8'], port: 0, portGiven: true });
		expect(loadConfig({ TRUST_PROXY: '2' }).http.trustProxy).toBe(2);
	});

	test('every field of the policy follows its variable', () => {
		const config = loadConfig({
			PASSCODE_LIFETIME: '90s',
			PHONE_REMINDERS: '0',
			SMS_DAILY_LIMIT: '7',
			PASSCODE_ATTEMPTS: '3',
			SMS_PER_SECOND: '2',
		});
		expect(config.smsPerSecond).toBe(2);
		expect(loadConfig({}).smsPerSecond).toBeNull();
		expect(config.policy).toMatchObject({
			passcodeLifetimeMs: 90_000,
			phoneReminders: 0,
			smsPerDay: 7,
			passcodeAttempts: 3,
		});
	});

	test('limits that contradict each other are refused', () => {
		expect(problemsOf({ PASSCODE_RESEND_AFTER: '5m' })).toEqual([expect.stringContaining('PASSCODE_RESEND_AFTER_MAX')]);
	});
});

describe('warnings', () => {
	test.each([
		['PASSWORD_LENGTH_MIN', '8'],
		['TEMPORARY_PASSWORD_LIFETIME', '25h'],
		['PASSCODE_LIFETIME', '11m'],
	])('S-1 S-12 S-21 %s=%s starts with a warning: it is weaker than the standard', (name, value) => {
		expect(loadConfig({ [name]: value }).warnings).toEqual([expect.stringMatching(new RegExp(`^${name} .*NIST`))]);
	});

	test('a misspelt limit gets a warning with the right name; variables of other programs do not', () => {
		const { warnings } = loadConfig({ PASSCODE_LIFETME: '1m', HOSTNAME: 'box', HOME: '/root', npm_config_port: '1' });
		expect(warnings).toEqual([expect.stringMatching(/^PASSCODE_LIFETME .*PASSCODE_LIFETIME\?$/)]);
	});

	test('production warns of a plain address, of no proxy behind https, and of mail in clear', () => {
		const plain = { ...PRODUCTION, PUBLIC_URL: 'http://id.example.com', SMTP_ALLOW_CLEARTEXT: 'true' };
		const named = (env: NodeJS.ProcessEnv) => loadConfig(env).warnings.map((warning) => warning.split(' ')[0]);
		expect(named(plain)).toEqual(['PUBLIC_URL', 'SMTP_ALLOW_CLEARTEXT']);
		expect(named({ ...PRODUCTION, TRUST_PROXY: 'false' })).toEqual(['TRUST_PROXY']);
	});
});

describe('mail leaves over TLS', () => {
	test('in production, unless a setting says otherwise', () => {
		expect(loadConfig(PRODUCTION).mail.requireTls).toBe(true);
		expect(loadConfig({ ...PRODUCTION, SMTP_ALLOW_CLEARTEXT: 'true' }).mail.requireTls).toBe(false);
		expect(loadConfig({}).mail.requireTls).toBe(false);
	});
});
