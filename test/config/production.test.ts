import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, type Role } from '../../config/index.js';
import { POLICY_VARIABLES } from '../../config/policy.js';
import { SECRET_NAMES } from '../../config/variables.js';
import { INSECURE, PRODUCTION, type ProductionName, productionWithout } from './production-environment.js';

function problemsOf(env: NodeJS.ProcessEnv, role?: Role): string[] {
	try {
		loadConfig(env, role);
		return [];
	} catch (error) {
		if (error instanceof ConfigError) return error.problems;
		throw error;
	}
}

const namesIn = (problems: string[]) => [...new Set(problems.map((problem) => /^[A-Z_]+/.exec(problem)?.[0]))];

describe('production refuses each insecure value by the name of its variable', () => {
	test.each(INSECURE)('%s: %s=%s', (_why, name, value) => {
		const problems = problemsOf({ ...PRODUCTION, [name]: value });
		expect(namesIn(problems)).toContain(name);
		// A value may be a secret, and a log keeps it.
		if (value.length > 4) expect(problems.join()).not.toContain(value);
	});

	test('all of them at once', () => {
		const wrong = {
			...productionWithout('PUBLIC_URL', 'SMS_ALLOWED_COUNTRIES', 'DATABASE_URL'),
			TRUST_PROXY: 'true',
			ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
			AGENT_API_KEY: 'ann:secret,bob:secret',
			TWILIO_BASE_URL: 'https://sms.example.net',
			PASSCODES_PER_DAY: '1000000000',
			SMS_DAILY_LIMIT: '1000000000',
			SLOW_DOWN_MAX: '9999d',
		};
		const named = ['PUBLIC_URL', 'SMS_ALLOWED_COUNTRIES', 'DATABASE_URL', 'TRUST_PROXY', 'ENCRYPTION_KEYS'];
		const others = ['AGENT_API_KEY', 'TWILIO_BASE_URL', 'PASSCODES_PER_DAY', 'SMS_DAILY_LIMIT', 'SLOW_DOWN_MAX'];
		expect(namesIn(problemsOf(wrong)).sort()).toEqual([...named, ...others].sort());
	});
});

describe('no limit can be set out of sight', () => {
	const numbers = Object.values(POLICY_VARIABLES).filter((name) => name !== 'SMS_ALLOWED_COUNTRIES');
	test.each([...numbers, 'SMS_PER_SECOND'])('%s has an upper bound, and says it', (name) => {
		const problems = ['1000000000', '9999d'].map((value) => problemsOf({ [name]: value }));
		for (const told of problems) expect(namesIn(told)).toEqual([name]);
		expect(problems.flat().join()).toMatch(/(from \d+ to \d+|at most \d+[smhd])/);
	});
});

describe('production starts', () => {
	test('with the least, and doubts nothing', () => {
		expect(loadConfig(PRODUCTION).warnings).toEqual([]);
	});

	test.each([['1'], ['2'], ['10.0.0.0/8, 192.168.1.7'], ['loopback,uniquelocal'], ['2001:db8::/32']])(
		'behind the proxies %s',
		(TRUST_PROXY) => {
			expect(problemsOf({ ...PRODUCTION, TRUST_PROXY })).toEqual([]);
		},
	);

	test('with an https address and no proxy, if that is said; then the start doubts it', () => {
		for (const TRUST_PROXY of ['false', '0']) {
			const { warnings } = loadConfig({ ...PRODUCTION, TRUST_PROXY });
			expect(warnings).toEqual([expect.stringMatching(/^TRUST_PROXY /)]);
		}
	});

	test('with any keys of random bytes', () => {
		for (let n = 0; n < 500; n++) {
			const ENCRYPTION_KEYS = `k1:${randomBytes(32).toString('base64')}`;
			for (const AGENT_API_KEY of [randomBytes(16).toString('hex'), randomBytes(16).toString('base64url')]) {
				expect(problemsOf({ ...PRODUCTION, ENCRYPTION_KEYS, AGENT_API_KEY })).toEqual([]);
			}
		}
	});
});

describe('each role is asked for its own, and reads no secret of another', () => {
	const NEEDS: [Role, ProductionName[]][] = [
		[
			'api',
			['DATABASE_URL', 'TEMPORAL_ADDRESS', 'ENCRYPTION_KEYS', 'AGENT_API_KEY', 'SMS_ALLOWED_COUNTRIES', 'PUBLIC_URL'],
		],
		['worker', ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'ENCRYPTION_KEYS', 'SMTP_URL', 'TWILIO_ACCOUNT_SID', 'PUBLIC_URL']],
		['console', ['DATABASE_URL', 'ENCRYPTION_KEYS']],
		['migrate', ['DATABASE_URL']],
	];

	test.each(NEEDS)('%s needs %j', (role, needed) => {
		expect(namesIn(problemsOf({ NODE_ENV: 'production' }, role)).sort()).toEqual([...needed].sort());
	});

	const READS: [Role, string[]][] = [
		['everything', [...SECRET_NAMES]],
		['api', ['DATABASE_URL', 'TEMPORAL_API_KEY', 'ENCRYPTION_KEYS', 'AGENT_API_KEY']],
		[
			'worker',
			[
				...['DATABASE_URL', 'TEMPORAL_API_KEY', 'ENCRYPTION_KEYS', 'SMTP_URL', 'DKIM_PRIVATE_KEY'],
				...['TWILIO_AUTH_TOKEN', 'TWILIO_API_SECRET'],
			],
		],
		['console', ['DATABASE_URL', 'ENCRYPTION_KEYS']],
		['migrate', ['DATABASE_URL']],
	];

	test.each(READS)('%s reads %j', (role, expected) => {
		const secret = (name: string) => `secret-of-${name.toLowerCase()}`;
		const key = (name: string) => Buffer.from(secret(name).padEnd(32, '#')).subarray(0, 32);
		const env = {
			DATABASE_URL: `postgres://app:${secret('DATABASE_URL')}@db/app`,
			TEMPORAL_ADDRESS: 'temporal:7233',
			TEMPORAL_API_KEY: secret('TEMPORAL_API_KEY'),
			SMTP_URL: `smtp://us:${secret('SMTP_URL')}@mail:25`,
			MAIL_FROM: 'no-reply@example.com',
			DKIM_DOMAIN: 'example.com',
			DKIM_SELECTOR: 'mail',
			DKIM_PRIVATE_KEY: secret('DKIM_PRIVATE_KEY'),
			TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
			TWILIO_AUTH_TOKEN: secret('TWILIO_AUTH_TOKEN'),
			TWILIO_API_KEY: `SK${'0'.repeat(32)}`,
			TWILIO_API_SECRET: secret('TWILIO_API_SECRET'),
			TWILIO_FROM: '+15005550006',
			ENCRYPTION_KEYS: `k1:${key('ENCRYPTION_KEYS').toString('base64')}`,
			AGENT_API_KEY: secret('AGENT_API_KEY'),
		};
		const config = loadConfig(env, role);
		const held = JSON.stringify({ ...config, encryptionKeys: config.encryptionKeys?.map(({ key }) => key.toString()) });
		expect(SECRET_NAMES.filter((name) => held.includes(secret(name))).sort()).toEqual([...expected].sort());
	});

	test('a file of another role’s secret is not even opened', () => {
		expect(
			problemsOf({ ...productionWithout('TWILIO_AUTH_TOKEN'), TWILIO_AUTH_TOKEN_FILE: '/nowhere' }, 'api'),
		).toEqual([]);
	});

	test('an API that sends no SMS itself keeps the limits on SMS', () => {
		const { policy } = loadConfig(PRODUCTION, 'api');
		expect(policy).toEqual(loadConfig(PRODUCTION).policy);
		expect(policy.smsPerDay).toBe(10_000);
	});
});
