import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REFUSALS } from '../../domain/refusal.js';
import { type Door, openDoor } from './door.js';

let door: Door;
beforeAll(async () => {
	door = await openDoor();
});
afterAll(() => door.stop(0));

test('the document is served as JSON', async () => {
	const response = await door.ask('/openapi.json');
	expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
	expect(await response.json()).toMatchObject({ openapi: '3.1.0' });
});

describe('the page needs nothing from elsewhere', () => {
	test('everything it loads is served here, and nothing in it is inline', async () => {
		const response = await door.ask('/docs');
		const html = await response.text();
		const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => String(address));
		expect(loaded).toHaveLength(4);
		for (const address of loaded) {
			expect(address).toMatch(/^\/docs\//);
			expect((await door.ask(address)).status, address).toBe(200);
		}
		expect(html).not.toMatch(/<script>|<style>|\sstyle=|\son\w+=/);
		expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*connect-src 'self'/);
		expect(response.headers.get('content-security-policy')).not.toMatch(/https?:|script-src[^;]*unsafe/);
	});

	test('the description is sent to no checker', async () => {
		expect(await (await door.ask('/docs/start.js')).text()).toContain('validatorUrl: null');
	});

	test.each(['package.json', '..%2fpackage.json', 'swagger-ui.js.map', 'index.html'])(
		'%s of the package is not served',
		async (file) => {
			expect((await door.ask(`/docs/${file}`)).status).toBe(404);
		},
	);
});

describe('every refusal has a page that says what to do', () => {
	test.each(Object.keys(REFUSALS))('%s', async (code) => {
		const response = await door.ask(`/docs/problems/${code}`);
		expect(response.status).toBe(200);
		const html = await response.text();
		expect(html).toContain(`<code>${code}</code>`);
		expect(html.match(/<p>/g)?.length).toBe(4);
	});

	test('the list leads to all of them', async () => {
		const html = await (await door.ask('/docs/problems')).text();
		for (const code of Object.keys(REFUSALS)) expect(html).toContain(`href="/docs/problems/${code}"`);
	});

	test.each(['nothing', 'constructor', '<script>'])('%s is none', async (code) => {
		expect((await door.ask(`/docs/problems/${encodeURIComponent(code)}`)).status).toBe(404);
	});
});
