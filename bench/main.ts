import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureHistories } from './histories.js';
import { type Load, type LoadFigures, onboard, signIn } from './load.js';
import { type Product, startProduct } from './product.js';

const THINK_MS = 150;
const { values } = parseArgs({
	options: {
		/** Onboardings a load; a load at one user takes a quarter. */
		people: { type: 'string', default: '160' },
		/** Only the loads with this in their name. */
		only: { type: 'string', default: '' },
	},
});
const PEOPLE = Number(values.people);

const LOADS: Load[] = [
	{ atOnce: 1, thinkMs: THINK_MS, people: Math.ceil(PEOPLE / 4) },
	{ atOnce: 1, thinkMs: 0, people: Math.ceil(PEOPLE / 4) },
	{ atOnce: 8, thinkMs: 0, people: PEOPLE },
	{ atOnce: 8, thinkMs: THINK_MS, people: PEOPLE },
	{ atOnce: 12, thinkMs: THINK_MS, people: PEOPLE },
	{ atOnce: 32, thinkMs: 0, people: PEOPLE },
	{ atOnce: 32, thinkMs: THINK_MS, people: PEOPLE },
];

const product = await startProduct();
try {
	await bench(product);
} finally {
	await product.stop();
}

async function bench(product: Product): Promise<void> {
	console.log(`${cpus().length} cores, load ${load()} before the start. Steps marked * hash a password.`);
	await onboard(product, { atOnce: 4, thinkMs: 0, people: 20 });
	const before = product.databaseBytes();
	let accounts = 0;
	for (const each of LOADS.filter((load) => nameOf(load).includes(values.only))) {
		const { done, ...figures } = await onboard(product, each);
		print('onboardings', figures);
		print('sign-ins', await signIn(product, each, done));
		accounts += each.people;
	}
	const after = product.databaseBytes();
	const { events, bytes, runs } = await measureHistories(product);
	console.log(`\nhistory: ${events.toFixed(1)} events, ${Math.round(bytes)} bytes (mean of ${runs} runs)`);
	console.log(
		`growth per account: ours ${kb(after.ours - before.ours, accounts)}, Temporal's ${kb(after.temporal - before.temporal, accounts)}`,
	);
	for (const { name, memoryMb } of product.processes()) console.log(`memory: ${name} ${memoryMb.toFixed(0)} MB`);
}

function print(what: string, { load: each, timings, perSecond, cpuEach, cpuTotal }: LoadFigures): void {
	console.log(`\n${what}, ${nameOf(each)} (${each.people}; load ${load()})`);
	console.log(`  ${perSecond.toFixed(1)} per second, ${cpuTotal.toFixed(3)} CPU-s each`);
	console.log(`  ${cpuEach.map(({ name, seconds }) => `${name} ${seconds.toFixed(3)}`).join(' · ')}`);
	for (const { name, p50, p99 } of timings.rows()) {
		console.log(`  ${name.padEnd(24)} p50 ${p50.toFixed(0).padStart(4)} ms   p99 ${p99.toFixed(0).padStart(4)} ms`);
	}
}

function nameOf({ atOnce, thinkMs }: Load): string {
	return `${atOnce} at once, ${thinkMs ? 'paced' : 'saturated'}`;
}

function load(): string {
	return loadavg()[0]?.toFixed(2) ?? '?';
}

function kb(bytes: number, accounts: number): string {
	return `${(bytes / accounts / 1000).toFixed(1)} kB`;
}
