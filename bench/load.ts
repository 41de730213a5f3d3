import { setTimeout as pause } from 'node:timers/promises';
import { Person } from './person.js';
import type { ProcessFigures, Product } from './product.js';
import { Timings } from './timings.js';

/** The number of users at once, and the think time before an act. */
export interface Load {
	atOnce: number;
	thinkMs: number;
	people: number;
}

export interface LoadFigures {
	load: Load;
	timings: Timings;
	perSecond: number;
	/** CPU seconds of each process for one unit of the load. */
	cpuEach: { name: string; seconds: number }[];
	cpuTotal: number;
}

/** After the last onboarding its deliveries and signals still run: they belong to the figure. */
const SETTLE_MS = 1_500;
const TIME_STEP_MS = 30_000;

/** Whole onboardings, `atOnce` people side by side. */
export async function onboard(product: Product, load: Load): Promise<LoadFigures & { done: Person[] }> {
	const timings = new Timings();
	const people = Array.from({ length: load.people }, () => new Person(product.url, timings, load.thinkMs));
	const figures = await measure(product, load, timings, () =>
		sideBySide(people, load.atOnce, (person) => person.onboards()),
	);
	return { ...figures, done: people };
}

/** Sign-ins with password and TOTP code, once each: a code is accepted once, so it waits for the next time step first. */
export async function signIn(product: Product, load: Load, people: Person[]): Promise<LoadFigures> {
	await pause(TIME_STEP_MS - (Date.now() % TIME_STEP_MS) + 100);
	const timings = new Timings();
	const work = () =>
		sideBySide(
			people.map((person) => person.in(timings, load.thinkMs)),
			load.atOnce,
			(person) => person.signsIn(),
		);
	return measure(product, { ...load, people: people.length }, timings, work);
}

async function measure(
	product: Product,
	load: Load,
	timings: Timings,
	work: () => Promise<void>,
): Promise<LoadFigures> {
	const before = product.processes();
	const startedAt = performance.now();
	await work();
	const seconds = (performance.now() - startedAt) / 1000;
	await pause(SETTLE_MS);
	const cpuEach = product.processes().map((process) => ({
		name: process.name,
		seconds: (process.cpuSeconds - cpuOf(before, process.name)) / load.people,
	}));
	const cpuTotal = cpuEach.reduce((sum, { seconds }) => sum + seconds, 0);
	return { load, timings, perSecond: load.people / seconds, cpuEach, cpuTotal };
}

function cpuOf(processes: ProcessFigures[], name: string): number {
	return processes.find((process) => process.name === name)?.cpuSeconds ?? 0;
}

async function sideBySide(people: Person[], atOnce: number, act: (person: Person) => Promise<void>): Promise<void> {
	const waiting = people.values();
	const walk = async () => {
		for (const person of waiting) await act(person);
	};
	await Promise.all(Array.from({ length: atOnce }, walk));
}
