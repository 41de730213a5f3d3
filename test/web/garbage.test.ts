import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PATHS } from '../../web/kit/paths.js';
import { type Acts, complete, confirmed, registered, signedIn, withPasscode, withPassword } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { agentAtWork } from './agent-desk.js';
import { openSite, type Site } from './site.js';

/** What a program sends where a person types. Percent-encoded, since half a character has no other form. */
const GARBAGE: Record<string, string> = {
	nothing: '',
	spaces: '%20%20',
	NUL: 'a%00b',
	'an e-mail with NUL': 'a%00b%40example.com',
	'half a character': '%ED%A0%80',
	'an escape that is none': '%E0%A4%A',
	controls: 'a%07%1b%5b31m',
	'text turned round': '%E2%80%AEabc',
	__proto__: '__proto__',
	constructor: 'constructor',
	toString: 'toString',
	hasOwnProperty: 'hasOwnProperty',
	'a large number': '1e400',
	'a negative number': '-1',
	'16,000 characters': 'a'.repeat(16_000),
	'16,000 spaces': '+'.repeat(16_000),
	'wide characters': '%F0%9F%8E%81'.repeat(1_000),
	quotation: '%22%27%60%3B--',
	lines: 'a%0D%0ABcc%3A+b%40example.com',
};

/** Every field that a form of ours has, and some that none has. */
const FIELDS = [
	...['language', 'back', 'act', 'key', 'email', 'password', 'code', 'number', 'country', 'username'],
	...['name', 'locale', 'reason', 'list', 'file', 'rate', 'draft'],
	...['refusal', '__proto__', 'constructor', 'unknown'],
];
const ACTS = ['log-in', 'verify', 'change', 'confirm', 'send', 'resend', 'later', 'log-out', 'check', 'go', 'choose'];
/** Sound values, so that one that is not is looked at and not only missed. */
const SOUND: Record<string, string> = {
	email: 'ana%40example.com',
	password: 'four+unrelated+words+walking',
	code: '123456',
	number: '912345678',
	country: 'PT',
	name: 'Ana',
	locale: 'en',
	reason: 'asked',
	list: 'someone%40example.com',
	rate: '5',
};

function bodyOf(fields: Record<string, string>): string {
	return Object.entries(fields)
		.map(([name, value]) => `${name}=${value}`)
		.join('&');
}

function* bodies(): Generator<string> {
	yield '';
	yield '&&==&';
	yield 'refusal=x&status=x&to=x';
	yield '%00=%00&__proto__[act]=go&constructor.prototype=x';
	for (const act of [...ACTS, ...Object.values(GARBAGE)]) {
		yield `act=${act}`;
		yield bodyOf({ ...SOUND, act });
		yield `${bodyOf({ ...SOUND, act })}&act=${act}&email=b&code=1&code=2&reason=a&reason=b`;
	}
	for (const value of Object.values(GARBAGE)) {
		yield FIELDS.map((field) => `${field}=${value}`).join('&');
		yield FIELDS.map((field) => `${field}[]=${value}`).join('&');
	}
}

/** One field of an act is garbage at a time: what is looked at first does not hide what is looked at next. */
function* oneByOne(acts: readonly string[]): Generator<string> {
	for (const act of acts) {
		for (const field of Object.keys(SOUND)) {
			for (const value of Object.values(GARBAGE).filter(({ length }) => length < 1_000)) {
				yield `act=${act}&${Object.entries({ ...SOUND, [field]: value })
					.map(([name, text]) => `${name}=${text}`)
					.join('&')}`;
			}
		}
	}
}

const DESK_PATHS = Object.values(PATHS).filter((path) => path.startsWith(PATHS.desk));
const USERS_PATHS = Object.values(PATHS).filter((path) => !path.startsWith(PATHS.desk));

const ACTS_OF: Record<string, readonly string[]> = {
	[PATHS.logIn]: ['log-in'],
	[PATHS.code]: ['verify'],
	[PATHS.password]: ['change'],
	[PATHS.mobileToken]: ['confirm'],
	[PATHS.phone]: ['send', 'later'],
	[PATHS.phoneCode]: ['verify', 'resend', 'later'],
	[PATHS.language]: ['choose'],
	[PATHS.register]: ['check', 'go', 'change'],
	[PATHS.batches]: ['check', 'go', 'change'],
	[PATHS.correct]: ['check', 'go', 'change'],
	[PATHS.reissue]: ['go'],
	[PATHS.erase]: ['go'],
};

/** Milliseconds. A page takes hundreds of forms here. */
const LIMIT = 120_000;

describe('garbage in a form never causes a server error', () => {
	let site: Site;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase, { policy: { signInsPerNetworkPerHour: 100_000 } });
	});
	afterAll(() => site?.close());

	async function post(path: string, token: string, body: string, type = 'application/x-www-form-urlencoded') {
		const headers = { Cookie: `session=${token}`, 'Content-Type': type };
		const answer = await fetch(`${site.url}${path}`, { method: 'POST', redirect: 'manual', headers, body });
		expect(answer.status, `${path} ${body.slice(0, 300)}`).toBeLessThan(500);
		return answer;
	}

	const PEOPLE: [string, (acts: Acts) => Promise<{ token: string }>, readonly string[]][] = [
		['a visitor', async () => ({ token: '' }), USERS_PATHS],
		['a user with a temporary password', signedIn, [PATHS.password, PATHS.mobileToken]],
		['a user with a password', withPassword, [PATHS.mobileToken, PATHS.code, PATHS.phone]],
		['a user with two factors', confirmed, [PATHS.phone, PATHS.phoneCode, PATHS.home]],
		['a user with a code on the way', withPasscode, [PATHS.phoneCode, PATHS.phone]],
		['a user who is done', complete, [PATHS.done, PATHS.home, PATHS.phone, PATHS.phoneCode]],
	];
	test.each(PEOPLE)(
		'from %s',
		async (_who, open, paths) => {
			const { token } = await open(site);
			for (const path of paths) {
				for (const body of bodies()) await post(path, token, body);
				for (const body of oneByOne(ACTS_OF[path] ?? [])) await post(path, token, body);
			}
		},
		LIMIT,
	);

	test.each(DESK_PATHS)(
		'at the desk: %s',
		async (path) => {
			const { token } = await agentAtWork(site, `agent${path.length}@${path.replace(/\W/g, '')}.example`);
			const { id } = await registered(site);
			const own = path.replace(/:\w+/, id);
			for (const body of bodies()) await post(own, token, body);
			for (const body of oneByOne(ACTS_OF[path] ?? [])) await post(own, token, body);
			for (const body of [
				'',
				'--x',
				'--x\r\n\r\n--x--',
				`--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--`,
			]) {
				await post(own, token, body, 'multipart/form-data; boundary=x');
			}
			for (const name of ['list', 'act', 'reason', '__proto__']) {
				const part = `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n\r\na\u0000@b\r\n--x--\r\n`;
				await post(own, token, part, 'multipart/form-data; boundary=x');
			}
		},
		LIMIT,
	);

	test(
		'in an address of a page',
		async () => {
			const { token } = await agentAtWork(site, 'queries@example.com');
			const { id } = await registered(site);
			const paths = Object.values(PATHS).map((path) => path.replace(/:\w+/, id));
			for (const path of paths) {
				for (const value of Object.values(GARBAGE)) {
					const text = value.slice(0, 4_000);
					const names = ['notice', 'done', 'email', 'cursor', 'show', 'messages', 'events', '__proto__'];
					for (const query of [
						...names.map((name) => `${name}=${text}`),
						names.map((name) => `${name}=${text}`).join('&'),
					]) {
						const answer = await fetch(`${site.url}${path}?${query}`, {
							redirect: 'manual',
							headers: { Cookie: `session=${token}` },
						});
						expect(answer.status, `${path}?${query.slice(0, 300)}`).toBeLessThan(500);
					}
				}
			}
		},
		LIMIT,
	);

	test('is answered with 400', async () => {
		for (const body of ['act=constructor', 'act=__proto__', 'act=log-in&email=a%00b&password=x']) {
			expect((await post(PATHS.logIn, '', body)).status, body).toBe(400);
		}
	});
});
