import { expect } from 'vitest';
import { createApp } from '../../api/app.js';
import { startServer } from '../../api/http/server.js';
import type { Acts } from '../acts/acts.js';
import { contract } from './contract.js';
import { AGENT_KEY, PUBLIC_URL } from './door.js';

export interface Answer {
	status: number;
	headers: Headers;
	// biome-ignore lint/suspicious/noExplicitAny: every answer is held to the OpenAPI document before it gets here
	body: any;
}

/** The real acts behind the real door. Every answer must be one that the OpenAPI document promises. */
export interface Client {
	url: string;
	as(token: string | undefined): (method: string, path: string, body?: object, key?: string) => Promise<Answer>;
	stop(): Promise<void>;
}

export async function openClient(acts: Acts): Promise<Client> {
	const api = { ...acts.api, agentKeys: [{ name: 'carla', key: AGENT_KEY }] };
	const health = async () =>
		({ database: 'up', draining: false, temporal: 'up', delayedEmails: 0, workers: 1 }) as const;
	const server = await startServer(createApp(api, { publicUrl: PUBLIC_URL, health }), { host: '127.0.0.1', port: 0 });
	const conforms = contract();
	return {
		url: server.url,
		as: (token) => async (method, path, body, key) => {
			const headers = {
				...(token && { authorization: `Bearer ${token}` }),
				...(body && { 'content-type': 'application/json' }),
				...(key && { 'idempotency-key': key }),
			};
			const init = { method, headers, body: body ? JSON.stringify(body) : null };
			const response = await fetch(`${server.url}${path}`, init);
			const text = await response.text();
			expect(conforms(method, path, response, text)).toBeNull();
			return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
		},
		stop: () => server.stop(0),
	};
}
