import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Api } from '../../acts/context.js';
import { createLoad } from '../../acts/door/load.js';
import { type AppOptions, createApp } from '../../api/app.js';
import type { Endpoint } from '../../api/http/endpoint.js';
import { endpointRouter } from '../../api/http/router.js';
import { type RunningServer, startServer } from '../../api/http/server.js';
import { LOAD } from '../../domain/load.js';

export const AGENT_KEY = 'agent-key-of-the-tests';
export const PUBLIC_URL = 'https://onboarding.example';

/** The application on a real port, before acts that need nothing: what is tried is the door, not what lies behind. */
export interface Door extends RunningServer {
	/** Every line logged so far. */
	logged: string[];
	ask(path: string, init?: RequestInit): Promise<Response>;
	/** Sends bytes as they are and gives all that comes back until the connection closes or `ms` have passed. */
	sendRaw(bytes: string, ms?: number): Promise<string>;
}

/** What the door itself needs of an `Api`. */
export function silentApi(log = pino({ enabled: false })): Api {
	return {
		log,
		load: createLoad(LOAD),
		productName: 'Mobile Token',
		agentKeys: [{ name: 'ana', key: AGENT_KEY }],
	} as unknown as Api;
}

export async function openDoor(endpoints: readonly Endpoint[] = [], options: Partial<AppOptions> = {}): Promise<Door> {
	const logged: string[] = [];
	const log = pino(
		{ level: 'debug' },
		new Writable({
			write(line, _encoding, done) {
				logged.push(String(line));
				done();
			},
		}),
	);
	const api = silentApi(log);
	const app = createApp(api, {
		publicUrl: PUBLIC_URL,
		health: async () => ({ database: 'up', draining: false, temporal: 'up', delayedEmails: 0, workers: 1 }),
		extraRouters: [endpointRouter(endpoints, api)],
		...options,
	});
	const server = await startServer(app, { host: '127.0.0.1', port: 0 });
	return {
		...server,
		logged,
		ask: (path, init) => fetch(`${server.url}${path}`, init),
		sendRaw: (bytes, ms = 3_000) => sendRaw(server.port, bytes, ms),
	};
}

function sendRaw(port: number, bytes: string, ms: number): Promise<string> {
	return new Promise((resolve, reject) => {
		let received = '';
		const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
		const timer = setTimeout(() => socket.destroy(), ms);
		socket.on('data', (chunk) => {
			received += chunk.toString('latin1');
		});
		socket.on('error', reject);
		socket.on('close', () => {
			clearTimeout(timer);
			resolve(received);
		});
	});
}
