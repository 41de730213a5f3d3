import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, confirmed, signedIn, withPasscode, withPassword } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { openSite, type Site } from './site.js';

const PAGE_BYTES_MAX = 60 * 1024;
const PAGE_MS_P95_MAX = 30;
const ASKED = 60;
/** Code that was never run is compiled first; a server that is up has run it. */
const WARM_UP = 20;

describe('what a page costs', () => {
	let site: Site;
	const pages: { path: string; token: string }[] = [];
	beforeAll(async () => {
		site = await openSite(pgliteDatabase);
		pages.push({ path: '/', token: '' }, { path: '/log-in', token: '' });
		pages.push({ path: '/set-up/password', token: (await signedIn(site)).token });
		pages.push({ path: '/set-up/mobile-token', token: (await withPassword(site)).token });
		pages.push({ path: '/set-up/phone', token: (await confirmed(site)).token });
		pages.push({ path: '/set-up/phone/code', token: (await withPasscode(site)).token });
		const { token } = await complete(site);
		pages.push({ path: '/set-up/done', token }, { path: '/', token });
	});
	afterAll(() => site?.close());

	const ask = async (path: string, token: string) => {
		const headers = { Cookie: `session=${token}`, 'Accept-Language': 'ar', 'Accept-Encoding': 'identity' };
		const answer = await fetch(`${site.url}${path}`, { headers, redirect: 'error' });
		expect(answer.status, path).toBe(200);
		return (await answer.arrayBuffer()).byteLength;
	};

	test('no page weighs more than 60 KB with all it loads, without compression', async () => {
		for (const { path, token } of pages) {
			const html = await (await fetch(`${site.url}${path}`, { headers: { Cookie: `session=${token}` } })).text();
			const loaded = [...html.matchAll(/(?:src|href)="(\/(?:assets|set-up\/mobile-token\/qr)[^"]*)"/g)].map(
				([, url]) => url ?? '',
			);
			expect(loaded.length).toBeGreaterThanOrEqual(3);
			const sizes = await Promise.all([path, ...loaded].map((url) => ask(url, token)));
			expect(
				sizes.reduce((sum, size) => sum + size, 0),
				path,
			).toBeLessThan(PAGE_BYTES_MAX);
		}
	});

	// CPU and not the clock: nothing here waits for anything else, and what else this machine does is not the server's.
	test('no page costs the server, its database and this client more than 30 ms of CPU at the 95th percentile', async () => {
		for (const { path, token } of pages) {
			const { cpu, clock } = await percentile95(() => ask(path, token));
			console.log(`${path}: p95 ${cpu.toFixed(1)} ms of CPU, ${clock.toFixed(1)} ms by the clock`);
			expect(cpu, path).toBeLessThan(PAGE_MS_P95_MAX);
		}
	});
});

/** Milliseconds of CPU, of all threads of this process, and by the clock. */
async function percentile95(act: () => Promise<unknown>): Promise<{ cpu: number; clock: number }> {
	for (let n = 0; n < WARM_UP; n += 1) await act();
	const cpu: number[] = [];
	const clock: number[] = [];
	for (let n = 0; n < ASKED; n += 1) {
		const before = process.cpuUsage();
		const startedAt = performance.now();
		await act();
		clock.push(performance.now() - startedAt);
		const { user, system } = process.cpuUsage(before);
		cpu.push((user + system) / 1000);
	}
	return { cpu: p95(cpu), clock: p95(clock) };
}

function p95(took: number[]): number {
	return took.sort((a, b) => a - b)[Math.floor(ASKED * 0.95)] ?? Number.POSITIVE_INFINITY;
}
