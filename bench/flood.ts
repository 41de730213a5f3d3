import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Attack, attacksOn } from './attacks.js';
import type { Flood, Statuses } from './flood-thread.js';
import { Person } from './person.js';
import { startProduct } from './product.js';
import { Stranger } from './stranger.js';
import { Timings } from './timings.js';

/** `npm run flood`: every route and page under costly requests, and how long a stranger's request waits beside each. */

/** Milliseconds, on two quiet cores. */
const BAR_MS = 250;
const REST_MS = 200;
const { values } = parseArgs({
	options: {
		/** Requests an attack, and how many connections it has. */
		times: { type: 'string', default: '600' },
		'at-once': { type: 'string', default: '200' },
		/** Only the attacks whose name holds this. */
		only: { type: 'string', default: '' },
	},
});

const product = await startProduct();
try {
	await flood(product.url);
} finally {
	await product.stop();
}

async function flood(url: string): Promise<void> {
	const thread = new Worker(new URL('./flood-thread.js', import.meta.url), { workerData: { url } });
	const newPerson = () => new Person(url, new Timings(), 0);
	const [someone, user, returning, beginner] = [newPerson(), newPerson(), newPerson(), newPerson()];
	await Promise.all([someone.onboards(), user.onboards(), returning.onboards(), beginner.begins()]);
	await returning.givesPassword();
	const stranger = new Stranger(url, someone.token);
	const attacks = attacksOn({ temporary: beginner.token, password: returning.token, user: user.token });
	const chosen = attacks.filter(({ name }) => name.includes(values.only));
	console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(2)}. ${chosen.length} attacks of ${values.times}.`);
	await pause(REST_MS);
	console.log(`${ms(stranger.read().longestMs)}  at rest`);
	const slow: string[] = [];
	for (const attack of chosen) {
		const statuses = await fire(thread, {
			url,
			attack,
			times: Number(values.times),
			atOnce: Number(values['at-once']),
		});
		const { longestMs, refused } = stranger.read();
		if (longestMs > BAR_MS || refused > 0) slow.push(attack.name);
		console.log(`${ms(longestMs)}  ${attack.name}  ${told(statuses)}${refused ? `  REFUSED ${refused}` : ''}`);
		await pause(REST_MS);
		stranger.read();
	}
	await stranger.stop();
	await thread.terminate();
	console.log(`\n${slow.length} of ${chosen.length} over ${BAR_MS} ms, or with a refusal to the stranger`);
	for (const name of slow) console.log(`  ${name}`);
}

async function fire(thread: Worker, order: Flood & { attack: Attack }): Promise<Statuses> {
	thread.postMessage(order);
	const [statuses] = await once(thread, 'message');
	return statuses as Statuses;
}

function told(statuses: Statuses): string {
	return Object.entries(statuses)
		.map(([status, count]) => `${count} × ${status}`)
		.join(', ');
}

function ms(time: number): string {
	return `${time.toFixed(0).padStart(5)} ms`;
}
