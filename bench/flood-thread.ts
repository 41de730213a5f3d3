import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import type { Attack } from './attacks.js';

/** The thread's orders: where, what, how often and how much at once. */
export interface Flood {
	url: string;
	attack: Attack;
	times: number;
	atOnce: number;
}

/** How often each status was answered; 0 for a connection that broke. */
export type Statuses = Record<number, number>;

const { url } = workerData as { url: string };

parentPort?.on('message', async (flood: Flood) => {
	const statuses: Statuses = {};
	const agent = new Agent({ keepAlive: true, maxSockets: flood.atOnce });
	const send = async () => {
		const status = await sendOne(flood.attack, agent);
		statuses[status] = (statuses[status] ?? 0) + 1;
	};
	await Promise.all(Array.from({ length: flood.times }, send));
	agent.destroy();
	parentPort?.postMessage(statuses);
});

function sendOne({ method, path, headers, body }: Attack, agent: Agent): Promise<number> {
	return new Promise((resolve) => {
		const asked = request(new URL(path, url), { method, headers, agent }, (answer) => {
			answer.resume();
			answer.once('close', () => resolve(answer.statusCode ?? 0));
		});
		asked.once('error', () => resolve(0));
		asked.end(body);
	});
}
