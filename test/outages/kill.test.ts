import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, EventView, MessageView } from '../../acts/views.js';
import { startTimeOf } from '../../embedded/process-identity.mjs';
import { parts } from '../setup/services.js';
import { StubbornPerson } from './stubborn.js';
import { Tree } from './tree.js';

const PEOPLE = 12;
/** Each person starts a little later, so that a kill meets them at different acts. */
const APART_MS = 900;
const OWED_WITHIN_MS = 30_000;

describe.skipIf(!parts.temporal)(
	'kill -9 of the whole tree, of the process, of Temporal, in the middle of acts',
	() => {
		let tree: Tree;
		beforeAll(async () => {
			tree = await Tree.plant();
			await tree.start();
		});
		afterAll(async () => {
			await tree.stop();
			tree.fell();
		});

		test('loses no act, sends no SMS twice, and every user gets through', async () => {
			const people = Array.from({ length: PEOPLE }, () => new StubbornPerson(tree));
			const journeys = people.map(async (person, n) => {
				await pause(n * APART_MS);
				return person.onboards();
			});
			const settled = Promise.all(journeys);
			settled.catch(() => {});
			await pause(2_300);
			await tree.killAll();
			await tree.start();
			await pause(1_900);
			tree.killTemporal();
			await pause(2_700);
			await tree.killNode();
			const ms = await tree.start();
			console.log(`started again after kill -9 in ${Math.round(ms)} ms`);
			for (const { status, body } of await settled) expect([status, body.step]).toEqual([200, 'complete']);

			const startedAt = performance.now();
			for (const person of people) await expectWhole(person, startedAt);
		});

		test('Ctrl-C stops everything, Temporal too, and a start goes on from there', async () => {
			const temporal = tree.temporalPid();
			expect(await tree.stop()).toBe(0);
			// Gone, or a zombie whose parent has not looked yet.
			expect(startTimeOf(temporal)).toBeNull();
			const ms = await tree.start();
			console.log(`second start in ${Math.round(ms)} ms`);
			expect(ms).toBeLessThan(30_000);
		});
	},
);

/** Everything owed has left, each story is whole and told once, and no act sent two SMS. */
async function expectWhole(person: StubbornPerson, startedAt: number): Promise<void> {
	let messages: MessageView[] = [];
	do {
		({ items: messages } = (
			await person.agent<{ items: MessageView[] }>('GET', `/v1/accounts/${person.id}/messages`)
		).body);
		if (messages.every(({ state }) => state !== 'queued' && state !== 'sending')) break;
		await pause(500);
	} while (performance.now() - startedAt < OWED_WITHIN_MS);
	expect(messages.filter(({ state }) => state === 'queued' || state === 'sending')).toEqual([]);
	const { body: account } = await person.agent<Account>('GET', `/v1/accounts/${person.id}`);
	expect(account.step).toBe('complete');
	const { body: events } = await person.agent<{ items: EventView[] }>('GET', `/v1/accounts/${person.id}/events`);
	const times = (name: string) => events.items.filter((event) => event.name === name).length;
	for (const name of ['registered', 'passwordChanged', 'authenticatorConfirmed', 'phoneVerified']) {
		expect(`${name} ${times(name)}`).toBe(`${name} 1`);
	}
	const texts = await person.messages('sms');
	expect(texts.length).toBeLessThanOrEqual(times('passcodeIssued'));
	expect(new Set(texts.map(({ text }) => text)).size).toBe(texts.length);
}
