import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, confirmed, PASSWORD, registered, signedIn, withPasscode, withPassword } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { openSite, type Site } from './site.js';

/** A form as a browser sends it from our own page. */
function form(fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit {
	return { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers };
}

const cookieOf = (token: string) => ({ Cookie: `session=${token}` });

describe('what keeps the pages safe', () => {
	let site: Site;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase, { policy: { passcodesPerNumberPerDay: 100 } });
	});
	afterAll(() => site?.close());

	const ask = (path: string, init: RequestInit = {}) => fetch(`${site.url}${path}`, { redirect: 'manual', ...init });
	const logInFields = ({ email, temporaryPassword }: { email: string; temporaryPassword: string }) => ({
		act: 'log-in',
		email,
		password: temporaryPassword,
	});

	test('S-41 scripts and other sites cannot reach the session cookie', async () => {
		const person = await registered(site);
		const answer = await ask('/log-in', form(logInFields(person)));
		expect(answer.status).toBe(303);
		expect(answer.headers.get('location')).toBe('/set-up/password');
		expect(answer.headers.getSetCookie()).toEqual([
			expect.stringMatching(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
		]);
	});

	test('behind HTTPS the cookie is bound to the host and to TLS', async () => {
		const secure = await openSite(pgliteDatabase, { publicUrl: 'https://onboarding.example' });
		const person = await registered(secure);
		const answer = await fetch(
			`${secure.url}/log-in`,
			form(logInFields(person), { Origin: 'https://onboarding.example' }),
		);
		expect(answer.headers.getSetCookie()).toEqual([
			expect.stringMatching(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
		]);
		await secure.close();
	});

	test('S-41 each authentication step replaces the session’s token', async () => {
		const person = await signedIn(site);
		const answer = await ask('/set-up/password', form({ act: 'change', password: PASSWORD }, cookieOf(person.token)));
		expect(answer.status).toBe(303);
		const token = /^session=([\w-]+)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
		expect(token).not.toBe(person.token);
		expect((await ask('/set-up/mobile-token', { headers: cookieOf(token) })).status).toBe(200);
		expect((await ask('/set-up/mobile-token', { headers: cookieOf(person.token) })).status).toBe(303);
	});

	test.each([
		['another site', { 'Sec-Fetch-Site': 'cross-site' }],
		['a sibling of our site', { 'Sec-Fetch-Site': 'same-site' }],
		['another origin, in a browser without fetch metadata', { Origin: 'https://evil.example' }],
		['no origin at all', { Origin: 'null' }],
	])('a form sent by %s does nothing', async (_who, headers) => {
		const person = await confirmed(site);
		const answer = await ask('/set-up/phone', form({ act: 'later' }, { ...cookieOf(person.token), ...headers }));
		expect(answer.status).toBe(403);
		expect(await answer.text()).toContain('The request came from another site');
		expect((await ask('/set-up/phone', { headers: cookieOf(person.token) })).status).toBe(200);
		const account = await site.db
			.selectFrom('accounts')
			.selectAll()
			.where('id', '=', person.id)
			.executeTakeFirstOrThrow();
		expect(account.phoneDeferredUntil).toBeNull();
	});

	test('a form of our own page is taken, by its fetch metadata and its origin', async () => {
		const person = await confirmed(site);
		const own = { 'Sec-Fetch-Site': 'same-origin', Origin: site.url };
		const answer = await ask('/set-up/phone', form({ act: 'later' }, { ...cookieOf(person.token), ...own }));
		expect(answer.headers.get('location')).toBe('/');
		expect(answer.headers.getSetCookie()).toEqual([
			expect.stringMatching(/^flash=deferred~\/; Max-Age=60; Path=\/; .*HttpOnly; SameSite=Lax$/),
		]);
	});

	test('S-45 nothing changes on GET, whatever the query asks for', async () => {
		const people = [await signedIn(site), await withPassword(site), await withPasscode(site), await complete(site)];
		const paths = [
			'/',
			'/log-in',
			'/log-out',
			'/log-in/code',
			'/set-up/password',
			'/set-up/mobile-token',
			'/set-up/phone',
		];
		const dump = async () => {
			const tables = ['accounts', 'sessions', 'sessionTokens', 'messages', 'passcodes', 'events', 'answers'] as const;
			return Promise.all(tables.map((table) => site.db.selectFrom(table).selectAll().execute()));
		};
		const before = await dump();
		for (const { token } of people) {
			for (const path of [...paths, '/set-up/phone/code', '/set-up/done', '/set-up/mobile-token/qr.svg']) {
				await ask(`${path}?act=later&act=log-out`, { headers: cookieOf(token) });
			}
		}
		expect(await dump()).toEqual(before);
	});

	test('S-45 no page is stored or framed, and each loads only our own files', async () => {
		const person = await withPassword(site);
		for (const path of ['/', '/log-in', '/set-up/mobile-token', '/set-up/mobile-token/qr.svg', '/nowhere']) {
			const headers = {
				...cookieOf(path === '/' || path === '/log-in' ? '' : person.token),
				Accept: 'text/html,image/svg+xml',
			};
			const answer = await ask(path, { headers });
			const policy = answer.headers.get('content-security-policy') ?? '';
			expect(policy).toContain("default-src 'none'");
			expect(policy).toContain("script-src 'self'");
			expect(policy).not.toMatch(/unsafe|data:|\*/);
			if (path === '/nowhere') continue;
			expect(answer.status, path).toBe(200);
			expect(answer.headers.get('cache-control')).toBe('no-store');
			expect(answer.headers.get('permissions-policy')).toBe('otp-credentials=(self)');
			expect(await answer.text()).not.toMatch(/ style=| on[a-z]+="|<style|<script>/);
		}
	});

	test('S-45 the QR code is shown to its owner alone, and its address holds no secret', async () => {
		const person = await withPassword(site);
		const answer = await ask('/set-up/mobile-token/qr.svg', { headers: cookieOf(person.token) });
		expect(answer.headers.get('content-type')).toContain('image/svg+xml');
		expect((await ask('/set-up/mobile-token/qr.svg')).status).toBe(401);
		const done = await complete(site);
		expect((await ask('/set-up/mobile-token/qr.svg', { headers: cookieOf(done.token) })).status).toBe(409);
	});

	test('a form may lead to our own site and to the configured platform alone', async () => {
		const linked = await openSite(pgliteDatabase, { platformUrl: 'https://platform.example/start' });
		const person = await confirmed(linked);
		const answer = await fetch(`${linked.url}/set-up/phone`, form({ act: 'later' }, cookieOf(person.token)));
		expect(answer.headers.get('location')).toBe('https://platform.example/start');
		expect(answer.headers.get('content-security-policy')).toContain("form-action 'self' https://platform.example;");
		await linked.close();
	});

	test('S-44 a refused log-in looks the same for a known and for an unknown e-mail', async () => {
		const known = await registered(site);
		const refused = async (email: string) => {
			const answer = await ask('/log-in', form({ act: 'log-in', email, password: 'wrong' }));
			return (await answer.text()).replaceAll(email, '').replace(/value="[0-9a-f-]{36}"/g, '');
		};
		expect(await refused(known.email)).toBe(await refused('nobody@example.com'));
	});

	test.each([
		['a body that is no form', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }, 415],
		['an unknown act', form({ act: 'erase' }), 400],
		['a form of a megabyte', form({ act: 'log-in', email: 'x'.repeat(1_000_000) }), 413],
	])('%s is answered by a page', async (_what, init, status) => {
		const answer = await ask('/log-in', init);
		expect(answer.status).toBe(status);
		expect(answer.headers.get('content-type')).toContain('text/html');
	});

	test('an unknown address answers a program in JSON and a browser with a page', async () => {
		expect((await ask('/nowhere')).headers.get('content-type')).toContain('problem+json');
		const page = await ask('/nowhere', { headers: { Accept: 'text/html' } });
		expect(page.status).toBe(404);
		expect(await page.text()).toContain('Page not found');
	});

	test('browsers may keep assets for good, since the name of an asset changes with its content', async () => {
		const html = await (await ask('/')).text();
		const urls = html.match(/\/assets\/[\w.]+/g) ?? [];
		expect(new Set(urls.map((url) => url.split('.').at(-1)))).toEqual(new Set(['css', 'js', 'svg']));
		for (const url of urls) {
			const answer = await ask(url);
			expect(answer.status).toBe(200);
			expect(answer.headers.get('cache-control')).toContain('immutable');
		}
		expect((await ask('/assets/page.000000000000.css')).status).toBe(404);
	});
});
