import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../config/index.js';
import { Closers } from '../../embedded/closers.js';
import { openDelivery } from '../../embedded/delivery.js';
import { greet } from '../../embedded/greeting.js';
import { readSetup } from '../../embedded/setup.js';
import { createTerminal } from '../../embedded/terminal.mjs';
import { temporaryFolder } from './folders.js';

async function open(env: Record<string, string>) {
	const DATA_DIR = temporaryFolder();
	const closers = new Closers();
	onTestFinished(() => closers.close());
	const delivery = await openDelivery(loadConfig({ DATA_DIR, ...env }), closers);
	let said = '';
	const out = { write: (text: string) => (said += text), isTTY: false };
	const setup = readSetup({ DATA_DIR, ...env });
	greet(createTerminal(out as never, {}), { setup, url: 'http://x', uiUrl: 'http://y', inbox: delivery.inbox });
	return { delivery, said };
}

describe('the inbox', () => {
	it.each<Record<string, string>>([
		{},
		{ HOST: 'localhost' },
		{ HOST: '::1' },
		{ TRUST_PROXY: 'false' },
		{ PUBLIC_URL: 'http://localhost:8080' },
		{ PUBLIC_URL: 'http://127.0.0.1:3000' },
		{ PUBLIC_URL: 'http://[::1]:3000' },
	])('is shown where only this machine reaches it: %j', async (env) => {
		const { delivery, said } = await open(env);
		expect(delivery.routers).toHaveLength(1);
		expect(said).toContain('http://x/inbox');
	});

	it.each([
		['HOST', { HOST: '0.0.0.0' }],
		['TRUST_PROXY', { TRUST_PROXY: '1' }],
		['TRUST_PROXY', { TRUST_PROXY: 'true' }],
		['TRUST_PROXY', { TRUST_PROXY: 'loopback' }],
		['PUBLIC_URL', { PUBLIC_URL: 'https://id.example.com' }],
		['PUBLIC_URL', { PUBLIC_URL: 'http://192.168.1.7:3000' }],
		['PUBLIC_URL', { PUBLIC_URL: 'http://localhost.evil.example' }],
	])('is not there where %s opens the way to others, and the greeting says how to go on: %j', async (name, env) => {
		const { delivery, said } = await open(env);
		expect(delivery.routers).toEqual([]);
		expect(said).not.toContain('http://x/inbox');
		expect(said).toMatch(new RegExp(`no inbox.*${name}`, 'is'));
		for (const way of [`unset ${name}`, 'SMTP_URL', 'TWILIO_ACCOUNT_SID', 'messages.jsonl'])
			expect(said).toContain(way);
	});

	it('names all that stands in its way at once', async () => {
		const { said } = await open({ HOST: '0.0.0.0', TRUST_PROXY: '1', PUBLIC_URL: 'https://id.example.com' });
		expect(said).toContain('unset HOST, TRUST_PROXY, and PUBLIC_URL');
	});
});
