import { request } from 'node:http';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refuseOtherMethods } from '../../api/http/methods.js';
import { ENDPOINTS } from '../../api/routes/index.js';
import { assetUrl } from '../../web/kit/http/assets.js';
import { PATHS } from '../../web/kit/paths.js';
import { pgliteDatabase } from '../setup/databases.js';
import { openSite, type Site } from '../web/site.js';
import { type Door, openDoor } from './door.js';

const ID = '00000000-0000-4000-8000-000000000000';
/** One that changes nothing, one that pages never use, one that few know, and one that would send the request back. */
const METHODS = ['TRACE', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'POST'];

interface Answered {
	status: number;
	allow: string[];
}

/** `fetch` sends no TRACE. */
function ask(url: string, method: string): Promise<Answered> {
	return new Promise((resolve, reject) => {
		const sent = request(url, { method }, (response) => {
			response.resume();
			const allow = (response.headers.allow ?? '').split(', ').filter(Boolean);
			response.once('end', () => resolve({ status: response.statusCode ?? 0, allow }));
		});
		sent.once('error', reject);
		sent.end();
	});
}

/** Whatever a path does not take is refused, with what it takes; and what it names is taken. */
async function expectRefused(url: string): Promise<void> {
	const { status, allow } = await ask(url, 'OPTIONS');
	expect(status).toBe(204);
	expect(allow).toContain('OPTIONS');
	for (const method of METHODS.filter((method) => !allow.includes(method))) {
		expect({ method, ...(await ask(url, method)) }).toEqual({ method, status: 405, allow });
	}
	for (const method of allow) expect((await ask(url, method)).status, method).not.toBe(405);
}

describe('a path answers a method that it does not take with 405 and those it takes', () => {
	let site: Site;
	beforeAll(async () => {
		site = await openSite(pgliteDatabase);
	});
	afterAll(() => site?.close());

	const api = [...new Set(ENDPOINTS.map(({ path }) => path.replace('{accountId}', ID)))];
	test.each([...api, '/healthz', '/readyz', '/openapi.json', '/docs', '/docs/start.js', '/docs/problems/unavailable'])(
		'of the API: %s',
		(path) => expectRefused(`${site.url}${path}`),
	);

	test.each(Object.values(PATHS))('of the pages: %s', (path) =>
		expectRefused(`${site.url}${path.replace(/:\w+/, ID)}`),
	);

	test('of the assets', () => expectRefused(`${site.url}${assetUrl('page.css')}`));

	test('a path that does not exist stays not found', async () => {
		for (const path of ['/v1/nothing', '/nothing', '/agent/nothing/at/all']) {
			expect((await ask(`${site.url}${path}`, 'GET')).status).not.toBe(405);
			expect((await ask(`${site.url}${path}`, 'TRACE')).status).not.toBe(405);
		}
	});
});

describe('a router', () => {
	let door: Door;
	afterAll(() => door?.stop(0));

	test('whose path takes every method is left as it is', async () => {
		const router = Router();
		router.get('/some', (_req, res) => void res.send('some'));
		router.all('/every', (_req, res) => void res.send('every'));
		refuseOtherMethods(router);
		door = await openDoor([], { extraRouters: [router] });
		expect((await ask(`${door.url}/every`, 'TRACE')).status).toBe(200);
		expect(await ask(`${door.url}/some`, 'TRACE')).toEqual({ status: 405, allow: ['GET', 'HEAD', 'OPTIONS'] });
	});
});
